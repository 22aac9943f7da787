import type { Person } from '../../src/common/actor.js';
import type { FileCipher, Place } from '../../src/common/cipher/file-cipher.js';
import type { LogRow } from '../../src/homework/logs/log.queries.js';
import type { Statement } from './operation.js';

/** The wrapped key of a file. */
export const keyOf = ({ practiceId }: Person, clientId: string): Statement => ({
  name: 'key',
  text: 'select wrapped from client_keys where practice_id = $1 and client_id = $2',
  values: [practiceId, clientId],
});

/** A text that came in JSON. */
export const openText = (file: FileCipher, place: Place, base64: string): string =>
  file.open(place, Buffer.from(base64, 'base64'));

export const LOGS_JSON = `json_build_object('id', l.id, 'assignmentId', l.assignment_id, 'doneOn', l.done_on,
  'outcome', l.outcome, 'sharing', l.sharing, 'loggedAt', l.logged_at, 'version', l.version, 'minutes', d.minutes,
  'tensionBefore', d.tension_before, 'tensionAfter', d.tension_after, 'recoverySignals', d.recovery_signals,
  'remark', encode(r.remark, 'base64'), 'remarkVersion', r.version)`;

export const logTables = `logs l
  left join log_details d on d.practice_id = l.practice_id and d.client_id = l.client_id and d.log_id = l.id
  left join log_remarks r on r.practice_id = l.practice_id and r.client_id = l.client_id and r.log_id = l.id`;

/** A log as its client reads it. */
export function logAnswer(log: LogRow, file: FileCipher): object {
  const { id, assignmentId, doneOn, outcome, version, minutes, tensionBefore, tensionAfter, sharing } = log;
  const place = { column: 'log_remarks.remark', row: id, version: log.remarkVersion! };
  return {
    id,
    assignmentId,
    doneOn,
    outcome,
    version,
    ...(minutes !== null && { minutes }),
    ...(tensionBefore !== null && { tensionBefore }),
    ...(tensionAfter !== null && { tensionAfter }),
    recoverySignals: log.recoverySignals ?? [],
    ...(log.remark !== null && { remark: openText(file, place, log.remark) }),
    sharing,
    loggedAt: new Date(log.loggedAt).toISOString(),
  };
}

/** A place in a list, as our cursors say it. */
export const cursorOf = (...position: readonly string[]): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

export const positionIn = (cursor: string): string[] =>
  JSON.parse(Buffer.from(cursor, 'base64url').toString()) as string[];

export const isoSql = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
