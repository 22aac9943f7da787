import { BackupUnreadable } from './backup.errors.js';
import type { Manifest, Piece, StoredTable, TableSum } from './backup-file.js';

interface TableRead {
  readonly table: StoredTable;
  /** To be read to their end; then `sum` knows. */
  readonly rows: () => AsyncGenerator<Buffer>;
}

/** The pieces of one file in the order that they must have. */
export class PieceReader {
  private last?: TableSum;

  constructor(private readonly pieces: AsyncGenerator<Piece>) {}

  async manifest(): Promise<Manifest> {
    const piece = await this.next();
    if (piece.kind !== 'manifest') throw new BackupUnreadable('It does not begin as a backup does.');
    return piece.manifest;
  }

  async *tables(): AsyncGenerator<TableRead> {
    for (;;) {
      const piece = await this.next();
      if (piece.kind === 'end') break;
      if (piece.kind !== 'table') throw new BackupUnreadable('It is not in the order of a backup.');
      this.last = undefined;
      yield { table: piece.table, rows: () => this.rows() };
    }
    // What comes behind the end, or does not come, is told by reading on.
    if (!(await this.pieces.next()).done) throw new BackupUnreadable('It goes on after its end.');
  }

  /** Of the table that was read last. */
  sum(): TableSum {
    if (!this.last) throw new BackupUnreadable('It is not in the order of a backup.');
    return this.last;
  }

  async close(): Promise<void> {
    await this.pieces.return(undefined);
  }

  private async *rows(): AsyncGenerator<Buffer> {
    for (;;) {
      const piece = await this.next();
      if (piece.kind === 'sum') {
        this.last = piece.sum;
        return;
      }
      if (piece.kind !== 'rows') throw new BackupUnreadable('It is not in the order of a backup.');
      yield piece.bytes;
    }
  }

  private async next(): Promise<Piece> {
    const read = await this.pieces.next();
    if (read.done === true) throw new BackupUnreadable('It ends too early.');
    return read.value;
  }
}
