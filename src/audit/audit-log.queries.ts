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
  client_ids: string[] | null;
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

const COLUMNS = `id, at, event, outcome, user_id, roles, task, on_behalf_of, client_id, client_ids, object_type, object_id,
  ground, row_count, address, request_id`;

/**
 * Newest first, month by month from the last back; with a client or a user along an index of its own, else along
 * the primary key. A client's log holds what touched that file alone, and the lists that it stood in.
 */
export function auditLogPage(
  tx: Tx,
  { clientId, userId, from, until, before, limit }: Selection,
): Promise<StoredAuditEvent[]> {
  const conditions = ['practice_id = $1'];
  const values: unknown[] = [tx.practiceId];
  const where = (condition: string, value: unknown): void => {
    if (value !== undefined) conditions.push(`${condition} $${values.push(value)}`);
  };
  where('user_id =', userId);
  where('id >=', from);
  where('id <', until);
  where('id <', before);
  if (clientId) where('client_id =', clientId);
  const newest = (columns: string, table: string): string =>
    `select ${columns} from ${table} where ${conditions.join(' and ')} order by id desc limit $${values.length}`;
  values.push(limit);
  if (!clientId) return tx.query(newest(COLUMNS, 'audit_events'), values);
  return tx.query(
    `select ${COLUMNS} from audit_events
      where practice_id = $1 and id = any (array(
        select id from ((${newest('id', 'audit_events')}) union all (${newest('id', 'audit_event_clients')})) as ids
         order by id desc limit $${values.length}))
      order by id desc`,
    values,
  );
}
