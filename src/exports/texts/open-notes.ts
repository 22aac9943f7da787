import { CannotOpen, KEY_BYTES } from '../../common/cipher/cipher.js';
import { FileCipher, type Place } from '../../common/cipher/file-cipher.js';
import { addendumPlace, addendumSignaturePlace, bodyPlace, signaturePlace } from '../../notes/note-places.js';
import { hashOfAddendum, hashOfNote } from '../../notes/signed-hash.js';
import { csvLine, spreadsheetSafe } from '../formats/csv-line.js';
import type { SealedNoteLine, SealedText } from './sealed-notes.js';
import type { TextSetup } from './text-task.js';

const LINE_FEED = 0x0a;

/** A text does not open, or is not what was signed: somebody changed it past the system. */
export class TextBroken extends Error {
  override readonly name = 'TextBroken';

  constructor(
    readonly clientId: string,
    readonly noteId: string,
  ) {
    super(`a text of note ${noteId} is broken`);
  }
}

interface OpenedAddendum {
  readonly body: string;
  readonly signedBy: string | null;
  readonly signedAt: string | null;
}

/** Opens lines of sealed notes, one after another; of what it opened it keeps nothing. */
export class NoteOpener {
  private readonly held: Buffer;
  private readonly files: ReadonlyMap<string, FileCipher>;

  constructor(private readonly setup: TextSetup) {
    this.held = Buffer.from(setup.keys);
    this.files = new Map(
      setup.clientIds.map((clientId, i) => [
        clientId,
        new FileCipher(setup.practiceId, clientId, this.held.subarray(i * KEY_BYTES, (i + 1) * KEY_BYTES)),
      ]),
    );
  }

  /**
   * @param lines whole lines, each ending in a line feed
   * @throws TextBroken
   */
  open(lines: Buffer): Buffer {
    const opened: string[] = [];
    for (let at = 0; at < lines.length;) {
      const end = lines.indexOf(LINE_FEED, at);
      opened.push(this.line(JSON.parse(lines.toString('utf8', at, end)) as SealedNoteLine));
      at = end + 1;
    }
    return Buffer.from(opened.join(''));
  }

  /** From here on it opens nothing. */
  wipe(): void {
    this.held.fill(0);
  }

  private line(note: SealedNoteLine): string {
    const body = note.body === null ? null : this.body(note, note.body);
    const addenda = (note.addenda ?? []).map((addendum) => ({
      body: this.addendum(note, addendum),
      signedBy: addendum.signedBy,
      signedAt: addendum.signedAt,
    }));
    const { line } = this.setup;
    if (line.form === 'json') return `${JSON.stringify({ ...note.shown, body, addenda })}\n`;
    const together = inOneCell(addenda);
    if (line.form !== 'csv') return `${JSON.stringify({ ...note.shown, body, addenda: together })}\n`;
    const cells = [
      ...Object.values(note.shown),
      ...[body, together].map((text) => text && spreadsheetSafe(text)),
    ];
    return csvLine(cells, line.delimiter);
  }

  private body(note: SealedNoteLine, sealed: string): string {
    const { id, clientId, sessionId, authorId, textVersion, signedBy, status, signature } = note;
    const text = this.unsealed(note, bodyPlace(id, textVersion), sealed);
    if (status === 'draft') return text;
    const signedAt = note.signedAt === null ? null : new Date(note.signedAt);
    const { practiceId } = this.setup;
    const signed = { practiceId, clientId, id, sessionId, textVersion, authorId, signedBy, signedAt };
    this.expectSigned(note, signaturePlace(id, textVersion), signature, hashOfNote(signed, text));
    return text;
  }

  private addendum(
    note: SealedNoteLine,
    { id, body, signature, ...by }: SealedText & { id: string },
  ): string {
    const text = this.unsealed(note, addendumPlace(id), body);
    const { id: noteId, clientId } = note;
    const { practiceId } = this.setup;
    const signedAt = new Date(by.signedAt!);
    const hash = hashOfAddendum({ practiceId, clientId, noteId, id, signedBy: by.signedBy!, signedAt }, text);
    this.expectSigned(note, addendumSignaturePlace(id), signature, hash);
    return text;
  }

  private expectSigned(note: SealedNoteLine, place: Place, signature: string | null, hash: string): void {
    if (signature === null || this.unsealed(note, place, signature) !== hash)
      throw new TextBroken(note.clientId, note.id);
  }

  private unsealed({ id, clientId }: SealedNoteLine, place: Place, sealed: string): string {
    try {
      return this.files.get(clientId)!.open(place, Buffer.from(sealed, 'base64'));
    } catch (error) {
      throw error instanceof CannotOpen ? new TextBroken(clientId, id) : error;
    }
  }
}

/** What was added later, one after another, each with its moment. */
function inOneCell(addenda: readonly OpenedAddendum[]): string | null {
  if (addenda.length === 0) return null;
  return addenda.map(({ body, signedAt }) => `${signedAt}: ${body}`).join('\n\n');
}
