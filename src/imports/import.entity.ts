import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import type { Person } from '../common/actor.js';
import { newId } from '../common/id.js';
import { InstantColumn } from '../database/columns.js';
import { importHasProblems, wrongImportState } from './import.errors.js';
import type { Findings, ImportFailure, ImportProblem } from './import-problems.js';
import type { ImportFormat } from './reading/read-file.js';

export const IMPORT_RECORDS = ['clients', 'sessions', 'notes'] as const;
export type ImportRecords = (typeof IMPORT_RECORDS)[number];

export const IMPORT_STATUSES = ['checked', 'queued', 'done', 'failed', 'cancelled'] as const;
export type ImportStatus = (typeof IMPORT_STATUSES)[number];

const KEPT_MS = 7 * 86_400_000;

/** What an admin brings. */
export interface Brought {
  readonly records: ImportRecords;
  readonly format: ImportFormat;
  readonly coaches: Readonly<Record<string, string>>;
  readonly sha256: string;
  readonly bytes: number;
}

/** A file that an admin brings in: what it holds, what was found wrong with it, and how that ended. The file itself lies apart. */
@Entity('imports')
export class Import {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  requestedBy: string;

  @Column('text')
  records: ImportRecords;

  @Column('text')
  format: ImportFormat;

  /** Of the file, in hexadecimal. */
  @Column('text')
  sha256: string;

  @Column('integer')
  bytes: number;

  /** Who a coach of the file is here: an id of there to an id of here. */
  @Column('jsonb')
  coaches: Readonly<Record<string, string>>;

  @Column('text')
  status: ImportStatus;

  @Column('integer')
  rowCount: number;

  /** The rows of what stood on file when it was checked. */
  @Column('integer', { array: true })
  alreadyThere: number[];

  @Column('jsonb')
  problems: ImportProblem[];

  @Column('text', { nullable: true })
  failure: ImportFailure | null;

  @InstantColumn()
  createdAt: Date;

  @InstantColumn({ nullable: true })
  finishedAt: Date | null;

  /** Until when the file is kept, unless it was brought in or cancelled before. */
  @InstantColumn()
  expiresAt: Date;

  @VersionColumn()
  version: number;

  static broughtBy({ practiceId, userId }: Person, brought: Brought, at: Date): Import {
    return Object.assign(new Import(), {
      practiceId,
      id: newId(at),
      requestedBy: userId,
      ...brought,
      status: 'checked',
      rowCount: 0,
      alreadyThere: [],
      problems: [],
      failure: null,
      createdAt: at,
      finishedAt: null,
      expiresAt: new Date(at.getTime() + KEPT_MS),
    });
  }

  get isQueued(): boolean {
    return this.status === 'queued';
  }

  /** Whether it may still be brought in: its file lies there. */
  get isOpen(): boolean {
    return this.status === 'checked' || this.status === 'queued';
  }

  /** Writes down what the check found. */
  found(rowCount: number, { problems, alreadyThere }: Findings): void {
    this.rowCount = rowCount;
    this.problems = [...problems].sort((a, b) => a.row - b.row);
    this.alreadyThere = alreadyThere;
  }

  /**
   * Puts it in the queue; once more where its run got lost.
   * @throws Problem 409 `import-has-problems`, `wrong-state`
   */
  start(): void {
    if (!this.isOpen) throw wrongImportState(this.status);
    if (this.problems.length > 0) throw importHasProblems(this.problems.length);
    this.status = 'queued';
  }

  finish(at: Date): void {
    this.status = 'done';
    this.finishedAt = at;
  }

  fail(failure: ImportFailure, at: Date): void {
    this.status = 'failed';
    this.failure = failure;
    this.finishedAt = at;
  }

  cancel(at: Date): void {
    this.status = 'cancelled';
    this.finishedAt = at;
  }
}
