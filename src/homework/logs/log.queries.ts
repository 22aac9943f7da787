import type { FileCipher } from '../../common/cipher/file-cipher.js';
import type { Position } from '../../common/page.js';
import type { Tx } from '../../database/tx.js';
import type { LogContent } from './log-content.js';
import type { LogOutcome, LogSharing } from './log.entity.js';

/** A log as the database tells it; what the reader may not see is null, by the policies. */
export interface LogRow {
  readonly id: string;
  readonly assignmentId: string;
  readonly doneOn: string;
  readonly outcome: LogOutcome;
  readonly sharing: LogSharing;
  readonly loggedAt: string;
  readonly version: number;
  readonly minutes: number | null;
  readonly tensionBefore: number | null;
  readonly tensionAfter: number | null;
  readonly recoverySignals: string[] | null;
  /** Sealed, in base64. */
  readonly remark: string | null;
  readonly remarkVersion: number | null;
}

/** A log as its reader may read it. */
export interface LogRecord extends LogContent {
  readonly id: string;
  readonly assignmentId: string;
  readonly loggedAt: Date;
  readonly version: number;
}

/** `LOG` as JSON, out of `LOGS`. */
export const LOG = `json_build_object('id', l.id, 'assignmentId', l.assignment_id, 'doneOn', l.done_on,
  'outcome', l.outcome, 'sharing', l.sharing, 'loggedAt', l.logged_at, 'version', l.version, 'minutes', d.minutes,
  'tensionBefore', d.tension_before, 'tensionAfter', d.tension_after, 'recoverySignals', d.recovery_signals,
  'remark', encode(r.remark, 'base64'), 'remarkVersion', r.version)`;

export const LOGS = `logs l
  left join log_details d on d.practice_id = l.practice_id and d.client_id = l.client_id and d.log_id = l.id
  left join log_remarks r on r.practice_id = l.practice_id and r.client_id = l.client_id and r.log_id = l.id`;

/** Where the words of a log belong. */
export const remarkOf = (logId: string, version: number) => ({
  column: 'log_remarks.remark',
  row: logId,
  version,
});

/** @param file opens the remark; without it the remark stays shut */
export function recordOf(row: LogRow, file?: FileCipher): LogRecord {
  const { remark, remarkVersion, loggedAt, recoverySignals, ...log } = row;
  return {
    ...log,
    recoverySignals: recoverySignals ?? [],
    loggedAt: new Date(loggedAt),
    remark:
      file && remark !== null
        ? file.open(remarkOf(row.id, remarkVersion!), Buffer.from(remark, 'base64'))
        : null,
  };
}

/** The logs of one assignment, newest day first; for a coach, those that are shared with them. */
export async function logsPage(
  tx: Tx,
  { clientId, assignmentId, isShared }: { clientId: string; assignmentId: string; isShared: boolean },
  { after, limit }: { after?: Position; limit: number },
): Promise<LogRow[]> {
  const rows = await tx.query<{ log: LogRow }>(
    `select ${LOG} as log from ${LOGS}
      where l.practice_id = $1 and l.client_id = $2 and l.assignment_id = $3
        and (not $4 or l.sharing <> 'private')
        and ($5::date is null or (l.done_on, l.id) < ($5::date, $6::uuid))
      order by l.done_on desc, l.id desc
      limit $7`,
    [tx.practiceId, clientId, assignmentId, isShared, after?.[0] ?? null, after?.[1] ?? null, limit],
  );
  return rows.map(({ log }) => log);
}

/** Those of these logs that the client wrote, of whichever assignment. */
export async function findLogs(tx: Tx, clientId: string, ids: readonly string[]): Promise<LogRow[]> {
  const rows = await tx.query<{ log: LogRow }>(
    `select ${LOG} as log from ${LOGS} where l.practice_id = $1 and l.client_id = $2 and l.id = any ($3)`,
    [tx.practiceId, clientId, ids],
  );
  return rows.map(({ log }) => log);
}

/** The log that the client knows by this id, of whichever assignment. */
export async function findLog(tx: Tx, clientId: string, id: string): Promise<LogRow | undefined> {
  const [row] = await tx.query<{ log: LogRow }>(
    `select ${LOG} as log from ${LOGS} where l.practice_id = $1 and l.client_id = $2 and l.id = $3`,
    [tx.practiceId, clientId, id],
  );
  return row?.log;
}

/** What the client chose to share the last time they wrote a log. */
export async function lastSharing(tx: Tx, clientId: string): Promise<LogSharing | undefined> {
  const [row] = await tx.query<{ sharing: LogSharing }>(
    `select sharing from logs where practice_id = $1 and client_id = $2 order by logged_at desc, id desc limit 1`,
    [tx.practiceId, clientId],
  );
  return row?.sharing;
}
