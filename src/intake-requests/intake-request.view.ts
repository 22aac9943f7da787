import type { Plain } from '../common/plain.js';
import type { IntakeRequestView } from './intake-request.dto.js';
import type { IntakeRequest } from './intake-request.entity.js';
import type { IntakeWords } from './intake-words.js';
import { keptUntil } from './old-requests.js';

/** A request, with what it says as long as it was not answered. */
export interface OpenedRequest {
  readonly id: string;
  readonly request: IntakeRequest;
  readonly words?: IntakeWords;
}

export function intakeRequestView({ request, words }: OpenedRequest): Plain<IntakeRequestView> {
  const { id, status, textVersion, receivedAt, closedAt, version } = request;
  return {
    id,
    status,
    ...words,
    textVersion,
    receivedAt: receivedAt.toISOString(),
    deletedAt: keptUntil(receivedAt).toISOString(),
    ...(closedAt && { closedAt: closedAt.toISOString() }),
    version,
  };
}
