import type { SessionView } from './session.dto.js';
import type { Session } from './session.entity.js';
import { instant, object } from '../database/json.js';

/**
 * When, how and what a session `s` costs: what an admin sees too. Where it is and why it changed are added for the
 * file's coach.
 */
export const SESSION_SUMMARY = object({
  id: 's.id',
  clientId: 's.client_id',
  coachId: 's.coach_id',
  givenBy: 's.given_by',
  kind: 's.kind',
  status: 's.status',
  mode: 's.mode',
  startsAt: instant('s.starts_at'),
  endsAt: instant('s.ends_at'),
  durationMinutes: '(extract(epoch from s.ends_at - s.starts_at) / 60)::int',
  priceCents: 's.price_cents',
  vatPercent: 's.vat_percent',
  version: 's.version',
});

/** A session that is being planned, told without asking the database for what was just sent to it. */
export function plannedView(session: Session, location: string | undefined): SessionView {
  const { id, clientId, coachId, givenBy, kind, status, mode, startsAt, endsAt } = session;
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
    version: 1,
  };
}
