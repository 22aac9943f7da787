import { Injectable } from '@nestjs/common';
import { newId } from '../../common/id.js';
import type { Tx } from '../../database/tx.js';
import { Note } from '../../notes/note.entity.js';
import { NoteAddendum } from '../../notes/note-addendum.entity.js';
import { NoteBody } from '../../notes/note-body.entity.js';
import { NoteShare } from '../../notes/note-share.entity.js';
import { insertAll } from '../insert-all.js';
import type { Findings } from '../import-problems.js';
import { notesHere, sessionsHere } from '../on-file.queries.js';
import { type RawFile, readRows } from '../reading/rows.js';
import { NOTE_FIELDS, type NoteRow } from './columns.js';
import { FileCiphers } from './file-ciphers.js';
import { MadeNote, type NewNote } from './made-note.js';
import { ClientsOnFile, Coaches, given } from './people.js';
import type { BroughtBy, Held, RecordImport } from './record-import.js';

/**
 * Notes of clients who consented. From a file of another system they are drafts, which their coach looks at and signs; from
 * an export of ours they stand as they stood, with signer and time, under a signature that says by which import it came.
 */
@Injectable()
export class NotesImport implements RecordImport<NewNote> {
  constructor(private readonly ciphers: FileCiphers) {}

  async check(tx: Tx, file: RawFile, held: Held, findings: Findings): Promise<NewNote[]> {
    const rows = readRows(file, NOTE_FIELDS, held.timeZone, findings);
    const [coaches, clients] = await Promise.all([
      Coaches.here(tx, held.coaches),
      ClientsOnFile.of(tx, rows),
    ]);
    const read = rows.flatMap((said) => this.held(said, clients, coaches, held, findings) ?? []);
    const clientIds = given(read.map(({ client }) => client.id));
    const [onFile, sessions] = await Promise.all([
      notesHere(
        tx,
        read.map(({ id }) => id),
        clientIds,
      ),
      sessionsHere(tx, { ids: given(read.map(({ said }) => said.sessionId)), clientIds: [], coachIds: [] }),
    ]);
    const whose = new Map(sessions.map((session) => [session.id, session.clientId]));
    const byId = new Map(onFile.map((note) => [note.id, note]));
    const placeOf = (clientId: string, authorId: string, at: Date): string =>
      [clientId, authorId, at.getTime()].join(' ');
    const there = new Set(onFile.map((note) => placeOf(note.clientId, note.authorId, note.createdAt)));
    const seen = new Set<string>();
    return read.filter(({ said, id, client, authorId, createdAt }) => {
      const { row, sessionId } = said;
      if (sessionId && whose.get(sessionId) !== client.id) {
        findings.add(row, 'unknown_session', 'sessionId');
      }
      if (seen.has(id)) findings.add(row, 'twice_in_file', 'id');
      seen.add(id);
      const known = byId.get(id);
      if (known && known.clientId !== client.id) findings.add(row, 'id_in_use', 'id');
      const isThere =
        known ?? (said.createdAt && !said.id && there.has(placeOf(client.id, authorId, createdAt)));
      if (!findings.isRight(row)) return false;
      if (isThere) findings.alreadyThere.push(row);
      return !isThere;
    });
  }

  async write(tx: Tx, rows: readonly NewNote[], { importId, now }: BroughtBy): Promise<string[]> {
    const { practiceId } = tx;
    const clientIds = given(rows.map(({ client }) => client.id));
    const files = await this.ciphers.of(tx, clientIds);
    const made = rows.map((row) => new MadeNote(practiceId, row, files.get(row.client.id)!, importId, now));
    await insertAll(
      tx,
      Note,
      made.map(({ note }) => note),
    );
    await insertAll(
      tx,
      NoteBody,
      made.map((one) => one.body()),
    );
    await insertAll(
      tx,
      NoteAddendum,
      made.flatMap((one) => one.addenda()),
    );
    await insertAll(
      tx,
      NoteShare,
      made.flatMap((one) => one.share()),
    );
    return clientIds;
  }

  /** What a row comes to; what stands in its way is found. */
  private held(
    said: NoteRow,
    clients: ClientsOnFile,
    coaches: Coaches,
    { now, format }: Held,
    findings: Findings,
  ): NewNote | undefined {
    const { row } = said;
    const client = clients.ofRow(said, findings);
    if (client && !client.consentId) findings.add(row, 'consent_required', 'body');
    const author = coaches.named(
      row,
      { id: said.authorId, email: said.author },
      { id: 'authorId', email: 'author' },
      findings,
    );
    const signer = coaches.named(row, { id: said.signedBy }, { id: 'signedBy', email: 'signedBy' }, findings);
    const errer = coaches.named(
      row,
      { id: said.enteredInErrorBy },
      { id: 'enteredInErrorBy', email: 'enteredInErrorBy' },
      findings,
    );
    for (const column of ['createdAt', 'updatedAt', 'signedAt', 'enteredInErrorAt'] as const) {
      if (said[column] && said[column] > now) findings.add(row, 'in_the_future', column);
    }
    const { status = 'draft', createdAt = now, visibility = 'private' } = said;
    const isSigned = status !== 'draft';
    const authorId = author?.id ?? client?.coachId;
    if (isSigned && format === 'csv') findings.add(row, 'signed_only_in_json', 'status');
    if (isSigned !== (said.signedAt !== undefined) || isSigned !== (said.signedBy !== undefined)) {
      findings.add(row, 'signature_not_whole', 'signedAt');
    }
    const isError = status === 'entered_in_error';
    if (
      isError !== (said.enteredInErrorAt !== undefined) ||
      isError !== (said.enteredInErrorBy !== undefined)
    ) {
      findings.add(row, 'signature_not_whole', 'enteredInErrorAt');
    }
    if (!client || !authorId) return undefined;
    if (!isSigned && authorId !== client.coachId)
      findings.add(row, 'draft_of_another', said.authorId ? 'authorId' : 'author');
    const added = (said.addenda ?? []).map((one) => {
      const by = coaches.byId(one.signedBy)?.id;
      if (!by) findings.add(row, 'unknown_coach', 'addenda');
      return { ...one, by: by ?? authorId };
    });
    if (added.length > 0 && !isSigned) findings.add(row, 'signature_not_whole', 'addenda');
    return {
      said,
      id: said.id ?? newId(createdAt),
      client,
      authorId,
      visibility,
      status,
      createdAt,
      signedBy: signer?.id ?? null,
      enteredInErrorBy: errer?.id ?? null,
      addenda: added,
    };
  }
}
