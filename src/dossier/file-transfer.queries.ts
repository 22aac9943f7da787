import type { Tx } from '../database/tx.js';
import type { Clash } from './dossier.errors.js';

/** Every table with rows of a file; each row carries the file's coach of today. */
export const FILE_TABLES = [
  'client_details',
  'client_keys',
  'consents',
  'sessions',
  'session_details',
  'session_reasons',
  'observations',
  'observation_details',
  'notes',
  'note_bodies',
  'note_addenda',
  'note_errors',
  'note_shares',
  'note_withholdings',
  'assignments',
  'assignment_messages',
  'assignment_pauses',
  'logs',
  'log_details',
  'log_remarks',
  'log_corrections',
  'check_ins',
  'check_in_remarks',
  'check_in_corrections',
  'file_transfers',
  'data_requests',
  'readings',
  'reminder_settings',
  'reminder_days',
  'retention_holds',
] as const;

/** Rewrites the copy of the coach on every row of the file; the database checks at commit that none was left. */
export async function moveRows(tx: Tx, clientId: string, toCoachId: string): Promise<void> {
  const values = [tx.practiceId, clientId, toCoachId];
  await Promise.all(
    FILE_TABLES.map((table) =>
      tx.query(`update ${table} set coach_id = $3 where practice_id = $1 and client_id = $2`, values),
    ),
  );
}

/** What is still planned is given by the new coach; what was given stays the former coach's. */
export async function movePlannedSessions(tx: Tx, clientId: string, toCoachId: string): Promise<void> {
  await tx.query(
    `update sessions set given_by = $3, version = version + 1
      where practice_id = $1 and client_id = $2 and status = 'planned'`,
    [tx.practiceId, clientId, toCoachId],
  );
}

/** Shared notes are read by the file's coach; private ones go along only where the admin decided so. */
export async function moveReaders(
  tx: Tx,
  clientId: string,
  { to, withPrivate }: { to: string; withPrivate: boolean },
): Promise<void> {
  for (const table of ['note_bodies', 'note_addenda', 'note_errors']) {
    await tx.query(
      `update ${table} t set coach_reader_id = $3
         from notes n
        where t.practice_id = $1 and t.client_id = $2
          and n.practice_id = t.practice_id and n.id = t.note_id and (n.visibility = 'shared' or $4)`,
      [tx.practiceId, clientId, to, withPrivate],
    );
  }
}

/** Planned sessions of the file at times when the new coach is taken already. */
export function clashesFor(tx: Tx, clientId: string, toCoachId: string): Promise<Clash[]> {
  return tx.query(
    `select own.id as "sessionId", to_char(own.starts_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "startsAt"
       from sessions own
      where own.practice_id = $1 and own.client_id = $2 and own.status = 'planned'
        and exists (
          select from sessions taken
           where taken.practice_id = own.practice_id and taken.given_by = $3 and taken.status = 'planned'
             and taken.id <> own.id
             and taken.occupied_from < own.occupied_until and own.occupied_from < taken.occupied_until
        )
      order by own.starts_at
      limit 100`,
    [tx.practiceId, clientId, toCoachId],
  );
}
