import type { SessionSummary, SessionView } from './session.dto.js';
import type { Session } from './session.entity.js';
import type { SessionFile } from './sessions.service.js';

/** When, how and what it costs: what an admin sees too; the location where the service found the reader to be the file's coach. */
export function sessionSummary({
  session,
  location,
}: {
  session: Session;
  location?: string;
}): SessionSummary {
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
    version,
  };
}

/** The whole session; location and reason are there where the service found the reader to be the file's coach. */
export function sessionView({ session, location, reason }: SessionFile): SessionView {
  return {
    ...sessionSummary({ session, location }),
    ...(reason && {
      reason: { change: reason.change, text: reason.text, givenAt: reason.givenAt.toISOString() },
    }),
  };
}
