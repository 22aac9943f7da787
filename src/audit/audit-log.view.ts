import type { AuditEventView } from './audit-log.dto.js';
import type { StoredAuditEvent } from './audit-log.queries.js';

export function auditEventView(event: StoredAuditEvent): AuditEventView {
  return {
    id: event.id,
    at: event.at.toISOString(),
    event: event.event,
    outcome: event.outcome,
    roles: event.roles,
    ...(event.user_id && { userId: event.user_id }),
    ...(event.task && { task: event.task }),
    ...(event.on_behalf_of && { onBehalfOf: event.on_behalf_of }),
    ...(event.client_id && { clientId: event.client_id }),
    ...(event.client_ids && { clientIds: event.client_ids }),
    ...(event.object_type && { objectType: event.object_type }),
    ...(event.object_id && { objectId: event.object_id }),
    ...(event.ground && { ground: event.ground }),
    ...(event.row_count !== null && { rowCount: event.row_count }),
    ...(event.address && { address: event.address }),
    requestId: event.request_id,
  };
}
