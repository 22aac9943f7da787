import { randomUUID } from 'node:crypto';
import type { NoteView } from '../../src/notes/note.dto.js';
import { connected } from '../../src/database/embedded/prepare-database.js';
import type { TestApp } from './app.js';
import { type Caller, told } from './caller.js';
import { rows } from './rows.js';

type Draft = Partial<{ visibility: 'private' | 'shared'; body: string }>;

/** A draft of this coach, private unless said otherwise. */
export async function writeNote(coach: Caller, clientId: string, more: Draft = {}): Promise<NoteView> {
  const input = { visibility: 'private', body: 'Adem zakte naar de buik.', ...more };
  return told<NoteView>(await coach.post(`/v1/clients/${clientId}/notes`, input));
}

/** `If-Match` of what the caller saw last. */
export const seen = ({ version }: { version: number }): { 'if-match': string } => ({
  'if-match': `"${version}"`,
});

export async function sign(coach: Caller, note: NoteView): Promise<NoteView> {
  return told<NoteView>(await coach.post(`/v1/notes/${note.id}/signature`, {}, seen(note)));
}

export async function writeSigned(coach: Caller, clientId: string, more: Draft = {}): Promise<NoteView> {
  return sign(coach, await writeNote(coach, clientId, more));
}

/** Adds words to a signed note, and signs those. */
export async function addTo(coach: Caller, note: NoteView, body: string): Promise<NoteView> {
  return told<NoteView>(await coach.post(`/v1/notes/${note.id}/addenda`, { body }));
}

/** Says of a signed note that it was a mistake. */
export async function strikeThrough(coach: Caller, note: NoteView, reason: string): Promise<NoteView> {
  return told<NoteView>(await coach.post(`/v1/notes/${note.id}/error`, { reason }, seen(note)));
}

/** A session that was given to this client, laid ready past the routes. */
export async function layReadySession(app: TestApp, clientId: string): Promise<string> {
  const id = randomUUID();
  await rows(
    app,
    `insert into sessions (practice_id, id, client_id, coach_id, given_by, kind, status, mode, starts_at, ends_at,
            occupied_from, occupied_until, created_at, version)
     select practice_id, $1, id, coach_id, coach_id, 'energizing', 'completed', 'in_person', now(),
            now() + interval '1 hour', now(), now() + interval '1 hour', now(), 1
       from clients where id = $2`,
    [id, clientId],
  );
  return id;
}

/** The file goes to another coach, and its private notes stay behind; what was shared with the client goes along. */
export async function handOver(app: TestApp, clientId: string, to: Caller): Promise<void> {
  await connected(app.database.superuser, async (client) => {
    const tables = await client.query<{ table: string }>(
      `select c.table_name as table from information_schema.columns c
         join information_schema.columns f using (table_schema, table_name)
        where c.table_schema = 'public' and c.column_name = 'coach_id' and f.column_name = 'client_id'
          and c.table_name <> 'exports'`,
    );
    await client.query('begin');
    await client.query('update clients set coach_id = $2 where id = $1', [clientId, to.id]);
    for (const { table } of tables.rows) {
      await client.query(`update ${table} set coach_id = $2 where client_id = $1`, [clientId, to.id]);
    }
    for (const table of ['note_bodies', 'note_addenda', 'note_errors']) {
      await client.query(
        `update ${table} b set coach_reader_id = $2 from notes n
          where n.practice_id = b.practice_id and n.id = b.note_id and n.client_id = $1 and n.visibility = 'shared'`,
        [clientId, to.id],
      );
    }
    await client.query('commit');
  });
}
