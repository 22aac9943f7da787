import { dataHeld } from '../../clients/held-data.js';
import type { Language } from '../../common/language.js';
import type { Tx } from '../../database/tx.js';
import type { Rhythm } from '../../homework/assignments/rhythm.dto.js';
import type { Quiet, Times } from './reminder-times.js';

/** Who wants to be reminded, and when. */
export interface Wish extends Times, Quiet {
  readonly clientId: string;
  readonly timeZone: string;
}

/** What there is for a client on a day, and how they took what was sent before. */
export interface Standing {
  readonly coachId: string;
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  readonly mostPerWeek: number;
  /** How many days of the last seven were claimed. */
  readonly thisWeek: number;
  /** How many were sent since the client was last here. */
  readonly unanswered: number;
  /** Whether a session begins from now until the end of tomorrow. */
  readonly hasAppointment: boolean;
  readonly assignments: readonly {
    readonly rhythm: Rhythm;
    readonly startOn: string;
    readonly endOn: string;
    /** How many times it was logged this day, in whatever way. */
    readonly logged: number;
  }[];
}

/** Whose file is open, and who consents and signs in; prospects, closed files and who asked to be left alone, are. */
const REMINDED = `
  from reminder_settings s
  join practices p on p.id = s.practice_id
  join clients c on c.practice_id = s.practice_id and c.id = s.client_id
  join users u on u.practice_id = c.practice_id and u.id = c.user_id
 where s.practice_id = $1 and s.is_on and c.status in ('active', 'paused') and c.consent_id is not null
   and u.disabled_at is null and not ${dataHeld('c.practice_id', 'c.id')}`;

export function wishes(tx: Tx): Promise<Wish[]> {
  return tx.query<Wish>(
    `select s.client_id as "clientId", s.weekdays, s.minutes, s.quiet_from as "quietFrom",
       s.quiet_until as "quietUntil", p.time_zone as "timeZone" ${REMINDED}`,
    [tx.practiceId],
  );
}

/** @returns nothing where the client wants no reminder any more */
export async function standing(
  tx: Tx,
  { clientId, day, now }: { clientId: string; day: string; now: Date },
): Promise<Standing | undefined> {
  const [row] = await tx.query<Standing>(
    `select c.coach_id as "coachId", u.name, u.email, u.language, s.most_per_week as "mostPerWeek",
       (select count(*)::int from reminder_days d
         where d.practice_id = $1 and d.client_id = $2 and d.on_day > $3::date - 7) as "thisWeek",
       (select count(*)::int from reminder_days d
         where d.practice_id = $1 and d.client_id = $2 and d.sent_at > greatest(s.changed_at,
           (select max(l.logged_at) from logs l where l.practice_id = $1 and l.client_id = $2),
           (select max(k.checked_at) from check_ins k where k.practice_id = $1 and k.client_id = $2),
           (select max(l.last_seen_at) from logins l where l.practice_id = $1 and l.user_id = u.id))) as unanswered,
       exists (select from sessions x
         where x.practice_id = $1 and x.client_id = $2 and x.status = 'planned' and x.starts_at > $4
           and x.starts_at < ($3::date + 2)::timestamp at time zone p.time_zone) as "hasAppointment",
       coalesce((select json_agg(json_build_object(
             'rhythm', json_build_object('kind', a.rhythm, 'timesPerDay', a.times_per_day, 'weekdays', a.weekdays),
             'startOn', a.start_on, 'endOn', a.end_on,
             'logged', (select count(*) from logs l
               where l.practice_id = $1 and l.assignment_id = a.id and l.done_on = $3)))
           from assignments a
          where a.practice_id = $1 and a.client_id = $2 and a.status = 'active'
            and $3 between a.start_on and a.end_on), '[]') as assignments
       ${REMINDED} and s.client_id = $2`,
    [tx.practiceId, clientId, day, now],
  );
  return row;
}

/** @returns whether reminders are sent to who was mailed the code of this hash; nothing where nobody was */
export async function isOnFor(tx: Tx, hash: Buffer): Promise<boolean | undefined> {
  const [row] = await tx.query<{ isOn: boolean }>(
    `select s.is_on as "isOn"
       from reminder_days d
       join reminder_settings s on s.practice_id = d.practice_id and s.client_id = d.client_id
      where d.practice_id = $1 and d.unsubscribe_hash = $2`,
    [tx.practiceId, hash],
  );
  return row?.isOn;
}

/**
 * Takes a day for whoever sends its reminder; of several that try at once, one gets it.
 * @returns whether it was free
 */
export async function claimDay(
  tx: Tx,
  {
    clientId,
    coachId,
    day,
    hash,
    now,
  }: { clientId: string; coachId: string; day: string; hash: Buffer; now: Date },
): Promise<boolean> {
  const claimed = await tx.query(
    `insert into reminder_days (practice_id, client_id, on_day, coach_id, unsubscribe_hash, claimed_at)
     values ($1, $2, $3, $4, $5, $6) on conflict (practice_id, client_id, on_day) do nothing returning on_day`,
    [tx.practiceId, clientId, day, coachId, hash, now],
  );
  return claimed.length > 0;
}
