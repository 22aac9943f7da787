import { escapeLiteral } from 'pg';
import type { Cell } from '../formats/csv-line.js';
import { copyOfJson, rowsOf, type Selection, shown } from '../records/copy-statement.js';
import { sourceOf } from '../records/record-kinds.js';

/** A text with its signature, in base64, as a line of the copy tells it. */
export interface SealedText {
  readonly body: string;
  readonly signature: string | null;
  readonly signedBy: string | null;
  readonly signedAt: string | null;
}

/** A note on its way out: what an admin sees of it, and beside that its texts, sealed. */
export interface SealedNoteLine extends Omit<SealedText, 'body'> {
  readonly id: string;
  readonly clientId: string;
  readonly sessionId: string | null;
  readonly authorId: string;
  readonly textVersion: number;
  readonly status: string;
  /** Null where no coach who approved may read it. */
  readonly body: string | null;
  readonly addenda: readonly (SealedText & { readonly id: string })[] | null;
  /** The columns that were chosen, as the format writes them. */
  readonly shown: Readonly<Record<string, Cell>>;
}

const base64 = (column: string): string => `encode(${column}, 'base64')`;
const instant = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * What opening a note needs, of `notes r` beside its body `b`.
 * @param withheld a condition under which its texts stay where they are
 */
export const noteColumns = (withheld = 'false'): string => `
  r.id, r.client_id as "clientId", r.session_id as "sessionId", r.author_id as "authorId",
  r.text_version as "textVersion", r.status, r.signed_by as "signedBy", ${instant('r.signed_at')} as "signedAt",
  case when not (${withheld}) then ${base64('b.body')} end as body, ${base64('b.signature')} as signature,
  case when not (${withheld}) then (select json_agg(json_build_object('id', a.id, 'body', ${base64('a.body')}, 'signature', ${base64('a.signature')},
            'signedBy', a.signed_by, 'signedAt', ${instant('a.signed_at')}) order by a.id)
     from note_addenda a where a.practice_id = r.practice_id and a.note_id = r.id) end as addenda`;

/** The statement that copies notes out with their texts sealed, one JSON object a line; the policies leave in it what was approved. */
export function sealedNotesStatement(selection: Selection, timeZone: string): string {
  const joins = `
    left join note_bodies b on b.practice_id = r.practice_id and b.note_id = r.id and b.version = r.text_version`;
  return copyOfJson(`
    select ${noteColumns()},
           (select row_to_json(s) from (select ${shown(selection, timeZone)}) s) as shown
      ${rowsOf(selection, timeZone, joins)}
     order by ${sourceOf(selection.records).order}`);
}

/** How many notes of whose files are meant. */
export function notesByCoachStatement(selection: Selection, timeZone: string): string {
  const rows = rowsOf(selection, timeZone);
  if (selection.records !== 'dossier') {
    return `select r.coach_id as "coachId", count(*)::integer as "noteCount" ${rows} group by 1 order by 1`;
  }
  return `select r.coach_id as "coachId", (select count(*)::integer from notes n
            where n.practice_id = r.practice_id and n.client_id = r.id) as "noteCount" ${rows}`;
}

/** The keys of the files whose coaches approved. */
export const keysStatement = ({ practiceId }: Selection, clientIds: readonly string[]): string =>
  `select client_id as "clientId", wrapped from client_keys
    where practice_id = ${escapeLiteral(practiceId)}::uuid
      and client_id = any (${escapeLiteral(`{${clientIds.join(',')}}`)}::uuid[])`;
