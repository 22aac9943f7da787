import { instant, object } from '../database/json.js';

/** A data request `r`, for the client whose it is and for the admin who answers it. */
export const DATA_REQUEST_VIEW = object({
  id: 'r.id',
  clientId: 'r.client_id',
  kind: 'r.kind',
  status: 'r.status',
  consentId: 'r.consent_id',
  receivedOn: 'r.received_on',
  dueOn: 'r.due_on',
  createdAt: instant('r.created_at'),
  closedAt: instant('r.closed_at'),
  closedBecause: 'r.closed_because',
  version: 'r.version',
});
