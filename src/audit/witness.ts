import { setTimeout } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isRefusedRow } from '../database/violation.js';
import { type AuditRow, INSERT_AUDIT_ROWS } from './audit-row.js';

interface Waiting {
  readonly row: AuditRow;
  readonly written: () => void;
  readonly failed: (error: unknown) => void;
}

const LARGEST_BATCH = 500;

/** So long after the beginning of one insert begins the next at the soonest, ms: an insert costs more than its rows. */
const GATHERING_MS = 4;

/**
 * Writes audit rows of reads by group commit: while one insert is on its way, and a moment longer, the rows of other
 * requests gather for the next. A lone reader waits for one insert; a thousand readers share a few.
 */
@Injectable()
export class Witness {
  private waiting: Waiting[] = [];
  private isWriting = false;
  private lastBeganAt = -Infinity;

  constructor(private readonly dataSource: DataSource) {}

  write(row: AuditRow): Promise<void> {
    return new Promise((written, failed) => {
      this.waiting.push({ row, written, failed });
      if (!this.isWriting) void this.drain();
    });
  }

  private async drain(): Promise<void> {
    this.isWriting = true;
    // Rows that are given in one go travel together, the first included.
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const early = this.lastBeganAt + GATHERING_MS - performance.now();
      if (early > 0) await setTimeout(early);
      this.lastBeganAt = performance.now();
      const batch = this.waiting.splice(0, LARGEST_BATCH);
      await this.insert(batch);
    }
    this.isWriting = false;
  }

  private async insert(batch: readonly Waiting[]): Promise<void> {
    try {
      const rows = batch.map(({ row }) => row);
      await this.dataSource.query(INSERT_AUDIT_ROWS, [JSON.stringify(rows)]);
      batch.forEach(({ written }) => written());
    } catch (error) {
      if (batch.length === 1 || !isRefusedRow(error)) batch.forEach(({ failed }) => failed(error));
      // One row that the database refuses is no reason to fail the readers who shared its insert.
      else for (const one of batch) await this.insert([one]);
    }
  }
}
