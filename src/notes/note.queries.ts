import { isAdmin, type Person } from '../common/actor.js';
import type { Tx } from '../database/tx.js';
import type { Visibility } from './note.entity.js';
import type { SealedAddendum, SealedNote } from './note-texts.js';

/** A note as coach or admin finds it; the text only where this person may read it. */
export interface StoredNote extends Omit<SealedNote, 'body'> {
  readonly coachId: string;
  readonly visibility: Visibility;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly enteredInErrorAt: Date | null;
  readonly enteredInErrorBy: string | null;
  readonly importId: string | null;
  readonly version: number;
  readonly sharedAt: Date | null;
  readonly sharedBy: string | null;
  readonly firstReadAt: Date | null;
  readonly firstReadBy: string | null;
  readonly body: Buffer | null;
  readonly errorReason: Buffer | null;
  readonly wrappedKey: Buffer | null;
}

/** A note as its client finds it. */
export interface StoredOwnNote extends SealedNote {
  readonly signedAt: Date;
  readonly enteredInErrorAt: Date | null;
  readonly authorName: string | null;
  readonly wrappedKey: Buffer;
}

/** Which notes: one or some, or those of a file or a session, newest first from a place on. */
export interface NotesAsked {
  readonly id?: string;
  readonly ids?: readonly string[];
  readonly clientId?: string;
  readonly sessionId?: string;
  readonly before?: string;
  readonly limit: number;
}

/**
 * Notes with their text where this person is its reader, in one query. Who is coached in the practice where they
 * are admin too finds of their own file no more than any client does.
 */
export function notesFor(
  tx: Tx,
  person: Person,
  { id, ids, clientId, sessionId, before, limit }: NotesAsked,
): Promise<StoredNote[]> {
  const values: unknown[] = [tx.practiceId, person.userId, person.clientId ?? null];
  const conditions = [
    'n.practice_id = $1',
    `(n.coach_id = $2 or n.client_id is distinct from $3 or (n.visibility = 'shared' and n.status <> 'draft'))`,
  ];
  const where = (condition: string, value: unknown): void => {
    if (value !== undefined) conditions.push(`${condition} $${values.push(value)}`);
  };
  where('n.coach_id =', isAdmin(person) ? undefined : person.userId);
  where('n.id =', id);
  if (ids) conditions.push(`n.id = any ($${values.push(ids)}::uuid[])`);
  where('n.client_id =', clientId);
  where('n.session_id =', sessionId);
  where('n.id <', before);
  return tx.query(
    `select ${NOTE_COLUMNS},
            s.shared_at as "sharedAt", s.shared_by as "sharedBy", s.first_read_at as "firstReadAt",
            s.first_read_by as "firstReadBy", b.body, b.signature, e.reason as "errorReason", k.wrapped as "wrappedKey"
       from notes n
       left join note_shares s on s.practice_id = n.practice_id and s.note_id = n.id
       left join note_bodies b on b.practice_id = n.practice_id and b.note_id = n.id and b.version = n.text_version
        and b.coach_id = $2 and b.coach_reader_id = $2
       left join note_errors e on e.practice_id = b.practice_id and e.note_id = b.note_id
        and e.coach_id = $2 and e.coach_reader_id = $2
       left join client_keys k on k.practice_id = b.practice_id and k.client_id = b.client_id
      where ${conditions.join(' and ')}
      order by n.id desc
      limit $${values.push(limit)}`,
    values,
  );
}

const NOTE_COLUMNS = `
  n.practice_id as "practiceId", n.id, n.client_id as "clientId", n.coach_id as "coachId", n.session_id as "sessionId",
  n.author_id as "authorId", n.visibility, n.status, n.text_version as "textVersion", n.created_at as "createdAt",
  n.updated_at as "updatedAt", n.signed_at as "signedAt", n.signed_by as "signedBy",
  n.entered_in_error_at as "enteredInErrorAt", n.entered_in_error_by as "enteredInErrorBy",
  n.import_id as "importId", n.version`;

/**
 * The text of note `n`, where coach `$2` may read it. One at most, and told so: from a mere join the planner expects
 * that few notes are left, and sorts all of a file before it takes the first.
 */
const READABLE_BODY = `select body from note_bodies b
  where b.practice_id = n.practice_id and b.note_id = n.id and b.version = n.text_version
    and b.coach_id = $2 and b.coach_reader_id = $2 limit 1`;

/** A note that a coach reads, as a search takes it up: sealed. */
export interface SearchableNote extends Omit<SealedNote, 'signature'> {
  readonly visibility: Visibility;
  readonly wrappedKey: Buffer;
}

/** The texts that a coach may read, newest first, along `notes_of_coach` or `notes_file`. */
export function searchableNotes(
  tx: Tx,
  { userId }: Person,
  { clientId, before, limit }: Pick<NotesAsked, 'clientId' | 'before' | 'limit'>,
): Promise<SearchableNote[]> {
  const values: unknown[] = [tx.practiceId, userId];
  const where = (condition: string, value: unknown): string =>
    value === undefined ? '' : `and ${condition} $${values.push(value)}`;
  return tx.query(
    `select n.practice_id as "practiceId", n.id, n.client_id as "clientId", n.session_id as "sessionId",
            n.author_id as "authorId", n.visibility, n.status, n.text_version as "textVersion",
            n.signed_at as "signedAt", n.signed_by as "signedBy", b.body, k.wrapped as "wrappedKey"
       from notes n
       cross join lateral (${READABLE_BODY}) b
       join client_keys k on k.practice_id = n.practice_id and k.client_id = n.client_id
      where n.practice_id = $1 and n.coach_id = $2 ${where('n.client_id =', clientId)} ${where('n.id <', before)}
      order by n.id desc
      limit $${values.push(limit)}`,
    values,
  );
}

/** What was added to these notes, oldest first, as far as this coach reads it. */
export function addendaFor(
  tx: Tx,
  { userId }: Person,
  noteIds: readonly string[],
): Promise<SealedAddendum[]> {
  return tx.query(
    `select ${ADDENDUM_COLUMNS} from note_addenda a
      where a.practice_id = $1 and a.note_id = any ($2::uuid[]) and a.coach_id = $3 and a.coach_reader_id = $3
      order by a.note_id, a.id`,
    [tx.practiceId, noteIds, userId],
  );
}

/** What was added to these notes, oldest first, as far as their client reads it. */
export function ownAddenda(tx: Tx, clientId: string, noteIds: readonly string[]): Promise<SealedAddendum[]> {
  return tx.query(
    `select ${ADDENDUM_COLUMNS} from note_addenda a
      where a.practice_id = $1 and a.note_id = any ($2::uuid[]) and a.client_reader_id = $3
      order by a.note_id, a.id`,
    [tx.practiceId, noteIds, clientId],
  );
}

const ADDENDUM_COLUMNS = `
  a.practice_id as "practiceId", a.id, a.note_id as "noteId", a.client_id as "clientId", a.body, a.signature,
  a.signed_by as "signedBy", a.signed_at as "signedAt"`;

/** What a client may read: the notes of their own file that are shared and signed, newest first. */
export function ownNotesPage(
  tx: Tx,
  clientId: string,
  { before, limit }: { before?: string; limit: number },
): Promise<StoredOwnNote[]> {
  return tx.query(
    `select n.practice_id as "practiceId", n.id, n.client_id as "clientId", n.session_id as "sessionId",
            n.author_id as "authorId", u.name as "authorName", n.status, n.text_version as "textVersion",
            n.signed_at as "signedAt", n.signed_by as "signedBy", n.entered_in_error_at as "enteredInErrorAt",
            b.body, b.signature, k.wrapped as "wrappedKey"
       from notes n
       join note_bodies b on b.practice_id = n.practice_id and b.note_id = n.id and b.version = n.text_version
        and b.client_reader_id = n.client_id
       join client_keys k on k.practice_id = n.practice_id and k.client_id = n.client_id
       left join users u on u.practice_id = n.practice_id and u.id = n.author_id and 'coach' = any (u.roles)
      where n.practice_id = $1 and n.client_id = $2 and n.visibility = 'shared' and n.status <> 'draft'
        and ($3::uuid is null or n.id < $3)
      order by n.id desc
      limit $4`,
    [tx.practiceId, clientId, before ?? null, limit],
  );
}

/**
 * Marks notes as read by their client, once; in the order of their ids, so that two readings at once wait for
 * each other.
 * @returns the ids of those that are still shared: what the coach took back a moment ago is not among them
 */
export async function markRead(
  tx: Tx,
  clientId: string,
  ids: readonly string[],
  by: string,
  at: Date,
): Promise<Set<string>> {
  const shared = await tx.query<{ note_id: string }>(
    `with shown as (
       select practice_id, note_id from note_shares
        where practice_id = $1 and client_id = $2 and note_id = any ($3::uuid[])
        order by note_id
          for update
     )
     update note_shares s set first_read_at = coalesce(s.first_read_at, $4), first_read_by = coalesce(s.first_read_by, $5)
       from shown
      where s.practice_id = shown.practice_id and s.note_id = shown.note_id
     returning s.note_id`,
    [tx.practiceId, clientId, ids, at, by],
  );
  return new Set(shared.map(({ note_id }) => note_id));
}

/** The newest note of a file that this coach may read, and that was no mistake. */
export async function newestReadable(
  tx: Tx,
  { userId }: Person,
  clientId: string,
): Promise<string | undefined> {
  const [note] = await tx.query<{ id: string }>(
    `select n.id from notes n
       cross join lateral (${READABLE_BODY}) b
      where n.practice_id = $1 and n.coach_id = $2 and n.client_id = $3 and n.status <> 'entered_in_error'
      order by n.id desc
      limit 1`,
    [tx.practiceId, userId, clientId],
  );
  return note?.id;
}
