import type { Tx } from '../database/tx.js';
import type { SessionKind, SessionMode, SessionStatus } from '../sessions/session.entity.js';
import type { SessionPlace } from '../sessions/session.queries.js';

/** A row of the client's own list: the session, who gives it, and the client's part of what was observed. */
export interface OwnSessionRow {
  readonly id: string;
  readonly kind: SessionKind;
  readonly status: SessionStatus;
  readonly mode: SessionMode;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly givenBy: string;
  readonly coachName: string | null;
  readonly location: Buffer | null;
  readonly detailsVersion: number | null;
  readonly wrappedKey: Buffer | null;
  /** Null where nothing was observed; so are the four below. */
  readonly observedVersion: number | null;
  readonly tensionBefore: number | null;
  readonly tensionAfter: number | null;
  readonly recoverySignals: string[] | null;
  readonly takeHome: Buffer | null;
  readonly transitionMoments: string[] | null;
}

/** The sessions of one file, newest first, along `sessions_of_client`; a page is one query. */
export function ownSessionsPage(
  tx: Tx,
  { practiceId, clientId }: { practiceId: string; clientId: string },
  { after, limit }: { after?: SessionPlace; limit: number },
): Promise<OwnSessionRow[]> {
  return tx.query<OwnSessionRow>(
    `select s.id, s.kind, s.status, s.mode, s.starts_at as "startsAt", s.ends_at as "endsAt",
            s.given_by as "givenBy", u.name as "coachName",
            d.location, d.version as "detailsVersion", k.wrapped as "wrappedKey",
            o.version as "observedVersion", o.tension_before as "tensionBefore", o.tension_after as "tensionAfter",
            o.recovery_signals as "recoverySignals", o.take_home as "takeHome",
            o.transition_moments as "transitionMoments"
       from sessions s
       left join users u on u.practice_id = s.practice_id and u.id = s.given_by
       left join session_details d on d.practice_id = s.practice_id and d.session_id = s.id
       left join observations o on o.practice_id = s.practice_id and o.session_id = s.id
       left join client_keys k on k.practice_id = s.practice_id and k.client_id = s.client_id
      where s.practice_id = $1 and s.client_id = $2
        ${after ? 'and (s.starts_at, s.id) < ($4, $5)' : ''}
      order by s.starts_at desc, s.id desc
      limit $3`,
    [practiceId, clientId, limit, ...(after ? [after.startsAt, after.id] : [])],
  );
}
