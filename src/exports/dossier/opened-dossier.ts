import { setImmediate as soon } from 'node:timers/promises';
import { Transform, type TransformCallback } from 'node:stream';
import { CannotOpen, KEY_BYTES } from '../../common/cipher/cipher.js';
import { FileCipher } from '../../common/cipher/file-cipher.js';
import { NoteOpener } from '../texts/open-notes.js';
import type { SealedNoteLine } from '../texts/sealed-notes.js';
import type { TextSetup } from '../texts/text-task.js';
import type { PartName } from './dossier-parts.js';

const LINE_FEED = 0x0a;
/** So many lines are opened before others get a turn. */
const LINES_A_TURN = 20;

/** A line of the copy: of which part, and what. */
export interface PartLine {
  readonly part: PartName;
  readonly row: object;
}

interface SealedField {
  readonly sealed: string;
  readonly column: string;
  readonly row: string;
  readonly version: number;
}

/** A text that is no note does not open: somebody changed it past the system. */
export class FieldBroken extends Error {
  override readonly name = 'FieldBroken';

  constructor(column: string, row: string) {
    super(`${column} of ${row} is broken`);
  }
}

/** Lines of one sealed file go in, lines of an opened one come out; notes are held against their signatures. */
export class OpenedDossier extends Transform {
  private readonly notes: NoteOpener;
  private readonly file?: FileCipher;
  private rest: Buffer = Buffer.alloc(0);

  /** @param setup with the key of that file, or none where no texts leave */
  constructor(setup: TextSetup, clientId: string) {
    super();
    this.notes = new NoteOpener(setup);
    if (setup.clientIds.length > 0) {
      const key = Buffer.from(setup.keys).subarray(0, KEY_BYTES);
      this.file = new FileCipher(setup.practiceId, clientId, key);
    }
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    const all = Buffer.concat([this.rest, chunk]);
    const end = all.lastIndexOf(LINE_FEED) + 1;
    this.rest = all.subarray(end);
    this.open(all.toString('utf8', 0, end).split('\n').slice(0, -1)).then(() => done(), done);
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.notes.wipe();
    done(error);
  }

  private async open(lines: readonly string[]): Promise<void> {
    for (const [i, line] of lines.entries()) {
      const { part, row } = JSON.parse(line) as PartLine;
      const opened: PartLine = {
        part,
        row: part === 'notes' ? this.note(row as SealedNoteLine) : this.fields(row),
      };
      this.push(`${JSON.stringify(opened)}\n`);
      if (i % LINES_A_TURN === LINES_A_TURN - 1) await soon();
    }
  }

  private note(note: SealedNoteLine): object {
    return JSON.parse(this.notes.open(Buffer.from(`${JSON.stringify(note)}\n`)).toString()) as object;
  }

  private fields(row: object): object {
    return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, this.field(value)]));
  }

  private field(value: unknown): unknown {
    if (!isSealed(value)) return value;
    const { sealed, column, row, version } = value;
    try {
      return this.file!.open({ column, row, version }, Buffer.from(sealed, 'base64'));
    } catch (error) {
      throw error instanceof CannotOpen ? new FieldBroken(column, row) : error;
    }
  }
}

const isSealed = (value: unknown): value is SealedField =>
  typeof value === 'object' && value !== null && 'sealed' in value;
