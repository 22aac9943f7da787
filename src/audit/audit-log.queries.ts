import type { Role, TaskName } from '../common/actor.js';
import type { Tx } from '../database/tx.js';

/** A row of the log as it is stored. */
export interface StoredAuditEvent {
  id: string;
  at: Date;
  event: string;
  outcome: string;
  user_id: string | null;
  roles: Role[];
  task: TaskName | null;
  on_behalf_of: string | null;
  client_id: string | null;
  object_type: string | null;
  object_id: string | null;
  ground: string | null;
  row_count: number | null;
  address: string | null;
  request_id: string;
}

interface Selection {
  readonly clientId?: string;
  readonly userId?: string;
  /** Ids: the first of the period, and the first after it. */
  readonly from?: string;
  readonly until?: string;
  /** Id of the last row of the page before. */
  readonly before?: string;
  readonly limit: number;
}

/** Newest first; with a client or a user along an index of its own, else along the primary key. */
export function auditLogPage(
  tx: Tx,
  { clientId, userId, from, until, before, limit }: Selection,
): Promise<StoredAuditEvent[]> {
  const conditions = ['practice_id = $1'];
  const values: unknown[] = [tx.practiceId];
  const where = (condition: string, value: unknown): void => {
    if (value !== undefined) conditions.push(`${condition} $${values.push(value)}`);
  };
  where('client_id =', clientId);
  where('user_id =', userId);
  where('id >=', from);
  where('id <', until);
  where('id <', before);
  return tx.query(
    `select id, at, event, outcome, user_id, roles, task, on_behalf_of, client_id, object_type, object_id, ground,
            row_count, address, request_id
       from audit_events
      where ${conditions.join(' and ')}
      order by id desc
      limit $${values.push(limit)}`,
    values,
  );
}
