import type { Response } from 'light-my-request';
import type { SessionView } from '../../src/sessions/session.dto.js';
import type { TestApp } from './app.js';
import { type Caller, problemOf, told } from './caller.js';
import { rows } from './rows.js';

let hours = 0;

/** The start of an hour that no other session of this run has. */
export function freeHour(): string {
  hours += 1;
  return new Date(Date.UTC(2027, 0, 4) + hours * 3_600_000).toISOString();
}

/** The same, twenty years before. */
export const longAgo = (): string => new Date(Date.parse(freeHour()) - 20 * 365 * 86_400_000).toISOString();

/** An observation with nothing in it. */
export const NOTHING_SEEN = {
  tensionAreas: [],
  breath: [],
  conditions: {},
  recoverySignals: [],
  transitionMoments: [],
};

/** What a coach plans: an hour of video, at a time of its own. */
export const plan = (clientId: string, more: object = {}) => ({
  clientId,
  kind: 'energizing',
  startsAt: freeHour(),
  durationMinutes: 60,
  mode: 'video',
  ...more,
});

export const planSession = async (coach: Caller, clientId: string, more: object = {}): Promise<SessionView> =>
  told<SessionView>(await coach.post('/v1/sessions', plan(clientId, more)));

/** Puts a note of this session in the file, as another feature would. */
export async function addNote(
  app: TestApp,
  practiceId: string,
  session: SessionView,
  status: 'draft' | 'signed' | 'entered_in_error',
): Promise<void> {
  await rows(
    app,
    `insert into notes (practice_id, id, client_id, coach_id, session_id, author_id, visibility, status,
                          text_version, created_at, updated_at, signed_at, signed_by, entered_in_error_at, entered_in_error_by, version)
       values ($1, gen_random_uuid(), $2, $3, $4, $3, 'private', $5, 1, now(), now(),
               case when $5 <> 'draft' then now() end, case when $5 <> 'draft' then $3::uuid end,
               case $5 when 'entered_in_error' then now() end, case $5 when 'entered_in_error' then $3::uuid end, 1)`,
    [practiceId, session.clientId, session.coachId, session.id, status],
  );
}

/** Status and kind of problem, in one look. */
export const refusalOf = (answer: Response): [number, string | undefined] => [
  answer.statusCode,
  problemOf(answer),
];
