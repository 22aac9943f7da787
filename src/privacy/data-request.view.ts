import { instant, object } from '../database/json.js';
import type { DataRequestDetail } from './data-request.dto.js';
import type { DataRequest } from './data-request.entity.js';

/** A data request `r`, for the client whose it is and for the admin who answers it. */
export const DATA_REQUEST_VIEW = object({
  id: 'r.id',
  clientId: 'r.client_id',
  kind: 'r.kind',
  status: 'r.status',
  channel: 'r.channel',
  consentId: 'r.consent_id',
  receivedOn: 'r.received_on',
  dueOn: 'r.due_on',
  extendedOn: 'r.extended_on',
  refusalGround: 'r.refusal_ground',
  decidedAt: instant('r.decided_at'),
  erasesOn: 'r.erases_on',
  fileUntil: instant('r.file_until'),
  createdAt: instant('r.created_at'),
  closedAt: instant('r.closed_at'),
  closedBecause: 'r.closed_because',
  version: 'r.version',
});

/** What was said in it, opened. */
export type RequestWords = Pick<DataRequestDetail, 'details' | 'extensionReason' | 'answer'>;

/** The same as an object, with what was said in it. */
export function dataRequestDetail(request: DataRequest, words: RequestWords): DataRequestDetail {
  const { id, clientId, kind, status, channel, receivedOn, dueOn, version } = request;
  const {
    consentId,
    extendedOn,
    refusalGround,
    decidedAt,
    erasesOn,
    fileUntil,
    createdAt,
    closedAt,
    closedBecause,
  } = request;
  return {
    id,
    clientId,
    kind,
    status,
    channel,
    ...(consentId !== null && { consentId }),
    receivedOn,
    dueOn,
    ...(extendedOn !== null && { extendedOn }),
    ...(refusalGround !== null && { refusalGround }),
    ...(decidedAt !== null && { decidedAt: decidedAt.toISOString() }),
    ...(erasesOn !== null && { erasesOn }),
    ...(fileUntil !== null && { fileUntil: fileUntil.toISOString() }),
    createdAt: createdAt.toISOString(),
    ...(closedAt !== null && { closedAt: closedAt.toISOString() }),
    ...(closedBecause !== null && { closedBecause }),
    ...words,
    version,
  };
}
