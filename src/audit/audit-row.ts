import { type Actor, isTask } from '../common/actor.js';
import { newId } from '../common/id.js';
import type { AuditEvent } from './audit-event.js';

/** One row of the audit log, as the insert takes it. */
export type AuditRow = Readonly<Record<(typeof COLUMNS)[number], unknown>>;

const COLUMNS = [
  'practice_id',
  'id',
  'at',
  'event',
  'outcome',
  'user_id',
  'roles',
  'task',
  'on_behalf_of',
  'client_id',
  'object_type',
  'object_id',
  'ground',
  'row_count',
  'address',
  'request_id',
  'client_ids',
] as const;

export function auditRow(actor: Actor, event: AuditEvent, at: Date): AuditRow {
  const { practiceId, origin } = actor;
  return {
    practice_id: practiceId,
    id: newId(at),
    at,
    event: event.event,
    outcome: event.outcome ?? 'done',
    user_id: isTask(actor) ? undefined : actor.userId,
    roles: isTask(actor) ? [] : actor.roles,
    task: isTask(actor) ? actor.task : undefined,
    on_behalf_of: isTask(actor) ? actor.onBehalfOf?.userId : undefined,
    client_id: event.clientId,
    object_type: event.objectType,
    object_id: event.objectId,
    ground: event.ground,
    row_count: event.rowCount,
    address: origin.address,
    request_id: origin.requestId,
    client_ids: event.clientIds?.length ? [...new Set(event.clientIds)] : undefined,
  };
}

/** One statement for any number of rows, of any number of requests: `$1` is the rows as JSON. */
export const INSERT_AUDIT_ROWS = `
  insert into audit_events (${COLUMNS.join(', ')})
  select ${COLUMNS.join(', ')} from jsonb_populate_recordset(null::audit_events, $1::jsonb)`;
