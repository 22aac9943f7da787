import { BackupUnreadable } from './backup.errors.js';
import type { Manifest, Piece, StoredTable, TableSum } from './backup-file.js';

const LETTERS = { manifest: 'M', table: 'T', rows: 'D', sum: 'S', end: 'Z' } as const;
const HEAD_BYTES = 5;
const LARGEST_PIECE = 1 << 30;

/** A piece as it stands in a file: a letter, the length of what follows in four bytes, and that. */
export function written(piece: Piece): Buffer {
  const content = contentOf(piece);
  const head = Buffer.alloc(HEAD_BYTES);
  head.write(LETTERS[piece.kind], 0, 'latin1');
  head.writeUInt32BE(content.length, 1);
  return Buffer.concat([head, content]);
}

/**
 * The pieces of a file, one after another; the last is the end.
 * @throws BackupUnreadable where it ends before that, or is none of ours
 */
export async function* readPieces(source: AsyncIterable<Buffer>): AsyncGenerator<Piece> {
  let held: Buffer = Buffer.alloc(0);
  let ended = false;
  for await (const chunk of source) {
    held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    for (;;) {
      if (held.length < HEAD_BYTES) break;
      const length = held.readUInt32BE(1);
      if (ended || length > LARGEST_PIECE) throw new BackupUnreadable('It holds what no backup holds.');
      if (held.length < HEAD_BYTES + length) break;
      const piece = pieceOf(held.toString('latin1', 0, 1), held.subarray(HEAD_BYTES, HEAD_BYTES + length));
      ended = piece.kind === 'end';
      yield piece;
      held = held.subarray(HEAD_BYTES + length);
    }
  }
  if (!ended || held.length > 0) throw new BackupUnreadable('It ends too early.');
}

function contentOf(piece: Piece): Buffer {
  switch (piece.kind) {
    case 'manifest':
      return Buffer.from(JSON.stringify(piece.manifest));
    case 'table':
      return Buffer.from(JSON.stringify(piece.table));
    case 'sum':
      return Buffer.from(JSON.stringify(piece.sum));
    case 'rows':
      return piece.bytes;
    case 'end':
      return Buffer.alloc(0);
  }
}

function pieceOf(letter: string, content: Buffer): Piece {
  switch (letter) {
    case LETTERS.manifest:
      return { kind: 'manifest', manifest: JSON.parse(content.toString()) as Manifest };
    case LETTERS.table:
      return { kind: 'table', table: JSON.parse(content.toString()) as StoredTable };
    case LETTERS.sum:
      return { kind: 'sum', sum: JSON.parse(content.toString()) as TableSum };
    case LETTERS.rows:
      return { kind: 'rows', bytes: content };
    case LETTERS.end:
      return { kind: 'end' };
    default:
      throw new BackupUnreadable('It holds what no backup holds.');
  }
}
