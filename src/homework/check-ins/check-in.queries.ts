import type { FileCipher } from '../../common/cipher/file-cipher.js';
import type { Tx } from '../../database/tx.js';
import type { LogSharing } from '../logs/log.entity.js';
import type { CheckInContent } from './check-in-content.js';

/** A check-in as the database tells it; what the reader may not see is null, by the policies. */
export interface CheckInRow extends Omit<CheckInContent, 'remark'> {
  readonly id: string;
  readonly checkedAt: string;
  readonly version: number;
  /** Sealed, in base64. */
  readonly remark: string | null;
  readonly remarkVersion: number | null;
}

/** A check-in as its reader may read it. */
export interface CheckInRecord extends CheckInContent {
  readonly id: string;
  readonly checkedAt: Date;
  readonly version: number;
}

const CHECK_IN = `json_build_object('id', c.id, 'on', c.day, 'sharing', c.sharing, 'tension', c.tension,
  'stressSignals', c.stress_signals, 'recoverySignals', c.recovery_signals,
  'conditions', json_build_object('safety', c.safety, 'rest', c.rest, 'presence', c.presence,
    'acceptance', c.acceptance, 'naturalRhythm', c.natural_rhythm),
  'checkedAt', c.checked_at, 'version', c.version,
  'remark', encode(r.remark, 'base64'), 'remarkVersion', r.version)`;

const CHECK_INS = `check_ins c
  left join check_in_remarks r
    on r.practice_id = c.practice_id and r.client_id = c.client_id and r.check_in_id = c.id`;

/** Where the words of a check-in belong. */
export const remarkOf = (checkInId: string, version: number) => ({
  column: 'check_in_remarks.remark',
  row: checkInId,
  version,
});

/** @param file opens the remark; without it the remark stays shut */
export function recordOf(row: CheckInRow, file?: FileCipher): CheckInRecord {
  const { remark, remarkVersion, checkedAt, ...checkIn } = row;
  const opened =
    file && remark !== null
      ? file.open(remarkOf(row.id, remarkVersion!), Buffer.from(remark, 'base64'))
      : null;
  return { ...checkIn, checkedAt: new Date(checkedAt), remark: opened };
}

/** A check-in of a page, with what opens its remark; null where there is none to read. */
export interface ListedCheckIn {
  readonly checkIn: CheckInRow;
  readonly wrappedKey: Buffer | null;
}

/** The check-ins of a file, newest day first; for a coach, those that are shared with them. */
export function checkInsPage(
  tx: Tx,
  { clientId, isShared }: { clientId: string; isShared: boolean },
  { after, limit }: { after?: string; limit: number },
): Promise<ListedCheckIn[]> {
  return tx.query(
    `select ${CHECK_IN} as "checkIn", k.wrapped as "wrappedKey"
       from ${CHECK_INS} and (not $3 or r.sharing = 'all')
       left join client_keys k on k.practice_id = c.practice_id and k.client_id = c.client_id and r.remark is not null
      where c.practice_id = $1 and c.client_id = $2 and (not $3 or c.sharing <> 'private')
        and ($4::date is null or c.day < $4)
      order by c.day desc
      limit $5`,
    [tx.practiceId, clientId, isShared, after ?? null, limit],
  );
}

/** What a client wrote by this id, or about this day: two at most. */
export async function findCheckIns(
  tx: Tx,
  clientId: string,
  { id, on }: { id: string; on: string },
): Promise<CheckInRow[]> {
  const rows = await tx.query<{ checkIn: CheckInRow }>(
    `select ${CHECK_IN} as "checkIn" from ${CHECK_INS}
      where c.practice_id = $1 and c.client_id = $2 and (c.id = $3 or c.day = $4)`,
    [tx.practiceId, clientId, id, on],
  );
  return rows.map(({ checkIn }) => checkIn);
}

/** What the client chose to share the last time they checked in. */
export async function lastSharing(tx: Tx, clientId: string): Promise<LogSharing | undefined> {
  const [row] = await tx.query<{ sharing: LogSharing }>(
    `select sharing from check_ins where practice_id = $1 and client_id = $2
      order by checked_at desc, id desc limit 1`,
    [tx.practiceId, clientId],
  );
  return row?.sharing;
}
