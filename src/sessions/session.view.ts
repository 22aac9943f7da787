import type { SessionView } from './session.dto.js';
import type { SessionFile } from './sessions.service.js';

/**
 * The whole session: when, how and what it costs, which an admin sees too; location and reason are there where the
 * service found the reader to be the file's coach. The summary of it in a list is written by `session.queries.ts`.
 */
export function sessionView({ session, location, reason }: SessionFile): SessionView {
  const { id, clientId, coachId, givenBy, kind, status, mode, startsAt, endsAt, version } = session;
  return {
    id,
    clientId,
    coachId,
    givenBy,
    kind,
    status,
    mode,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    durationMinutes: session.durationMinutes,
    ...(location && { location }),
    ...(session.priceCents !== null && { priceCents: session.priceCents }),
    ...(session.vatPercent !== null && { vatPercent: session.vatPercent }),
    ...(reason && {
      reason: { change: reason.change, text: reason.text, givenAt: reason.givenAt.toISOString() },
    }),
    version,
  };
}
