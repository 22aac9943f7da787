import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import type { Person } from '../common/actor.js';
import { newId } from '../common/id.js';
import { DayColumn, InstantColumn } from '../database/columns.js';
import { alreadyDecided, fileIsGone, notYetReady, somebodyElses } from './export.errors.js';
import { type ExportFailure, isTriedAgain } from './export-failure.js';
import type { Dialect, ExportFormat } from './formats/export-format.js';
import type { RecordKind } from './records/record-kinds.js';
import type { Handover, RequestedCopy, Wanted } from './wanted.js';

export const EXPORT_STATUSES = [
  'awaiting_approval',
  'refused',
  'queued',
  'running',
  'ready',
  'streamed',
  'expired',
  'failed',
  'cancelled',
] as const;
export type ExportStatus = (typeof EXPORT_STATUSES)[number];

const KEPT_DAYS = 7;
/** A client who was away has not missed it. */
const KEPT_DAYS_FOR_CLIENT = 30;
/** As often as the queue tries, and the first time. */
const MOST_RUNS = 6;
/** A run that showed nothing for so long has ended, with its process. */
export const PULSE_LOST_AFTER_MS = 60_000;

/** What an export came to. */
export interface ExportResult {
  readonly rows: number;
  readonly bytes: number;
  /** SHA-256 of the bytes, in hexadecimal. */
  readonly sha256: string;
}

/**
 * A recorded, purposeful copy of records out of the system: who asked, which records, why, and what it
 * came to. Its file is kept for a week, this record of it for good.
 */
@Entity('exports')
export class Export {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  requestedBy: string;

  @Column('text')
  records: RecordKind;

  @Column('text')
  format: ExportFormat;

  /** How CSV is written; null for every other format. */
  @Column('text', { nullable: true })
  dialect: Dialect | null;

  /** The columns that were chosen, in their order, or the parts of a dossier; null for all. */
  @Column('text', { array: true, nullable: true })
  columns: string[] | null;

  /** Why these records leave, in the words of who asked. */
  @Column('text')
  purpose: string;

  /** Days in the practice's time zone, both inclusive. */
  @DayColumn({ nullable: true })
  fromOn: string | null;

  @DayColumn({ nullable: true })
  toOn: string | null;

  /** Only of this client. */
  @Column('uuid', { nullable: true })
  clientId: string | null;

  /** Only of files that are this coach's now. */
  @Column('uuid', { nullable: true })
  coachId: string | null;

  /** The request of a client that it answers (AVG art. 15 or 20); it is for that client alone. */
  @Column('uuid', { nullable: true })
  dataRequestId: string | null;

  @Column('text', { nullable: true })
  handover: Handover | null;

  /** Whether it holds the texts of the notes. */
  @Column('boolean')
  bodies: boolean;

  /** The coaches whose files those texts are of, and who must each approve. */
  @Column('uuid', { array: true })
  approvers: string[];

  @Column('text')
  status: ExportStatus;

  @Column('integer')
  rowsDone: number;

  @Column('integer', { nullable: true })
  rowsTotal: number | null;

  /** The driver gives a bigint as text. */
  @Column({
    type: 'bigint',
    nullable: true,
    transformer: { from: numberOrNull, to: (bytes: number) => bytes },
  })
  bytes: number | null;

  @Column('text', { nullable: true })
  sha256: string | null;

  /** The key of its file, wrapped by the key of the installation. */
  @Column('bytea', { nullable: true })
  fileKey: Buffer | null;

  @Column('text', { nullable: true })
  failure: ExportFailure | null;

  @InstantColumn()
  createdAt: Date;

  /** How many runs were begun: one that ends its process each time is not begun for ever. */
  @Column('smallint')
  runs: number;

  /** When the run that stands began; what it holds is of a moment after that. */
  @InstantColumn({ nullable: true })
  startedAt: Date | null;

  /** When that run last showed that it lives. */
  @InstantColumn({ nullable: true })
  pulseAt: Date | null;

  @InstantColumn({ nullable: true })
  finishedAt: Date | null;

  @InstantColumn({ nullable: true })
  expiresAt: Date | null;

  @VersionColumn()
  version: number;

  static askedBy({ practiceId, userId }: Person, wanted: Wanted, at: Date): Export {
    const { records, format, dialect = 'rfc4180', columns, purpose, from, to, clientId, coachId } = wanted;
    const { bodies = false } = wanted;
    return Object.assign(new Export(), {
      practiceId,
      id: newId(at),
      requestedBy: userId,
      records,
      format,
      dialect: format === 'csv' ? dialect : null,
      columns: columns ? [...columns] : null,
      purpose,
      fromOn: from ?? null,
      toOn: to ?? null,
      clientId: clientId ?? null,
      coachId: coachId ?? null,
      dataRequestId: null,
      handover: null,
      bodies,
      approvers: [],
      status: 'queued' as const,
      rowsDone: 0,
      rowsTotal: null,
      bytes: null,
      sha256: null,
      fileKey: null,
      failure: null,
      createdAt: at,
      runs: 0,
      startedAt: null,
      pulseAt: null,
      finishedAt: null,
      expiresAt: null,
    });
  }

  /** The client's own file, whole, notes of whatever coach included; its approval is that of their request. */
  static requested(
    by: Person,
    { dataRequestId, clientId, handover, purpose, parts }: RequestedCopy,
    at: Date,
  ): Export {
    const copy = Export.askedBy(
      by,
      { records: 'dossier', format: 'zip', purpose, clientId, bodies: true },
      at,
    );
    return Object.assign(copy, { dataRequestId, handover, columns: parts ? [...parts] : null });
  }

  /** Whether it answers a request of a client, and is for nobody else. */
  get isForClient(): boolean {
    return this.handover !== null;
  }

  /** Whether there is still something to do: a run that was cut off, or failed on its way, is done over. */
  get isAwaited(): boolean {
    if (['queued', 'running'].includes(this.status)) return true;
    return this.failure !== null && isTriedAgain(this.failure) && !this.hasRunEnough;
  }

  /** Whether it is a file of a client of who asked, who sees it whole. */
  get isOfOwnClient(): boolean {
    return this.records === 'dossier' && this.approvers.includes(this.requestedBy);
  }

  /** Whether how it goes with the client is drawn in it: for their coach and for themselves, of a whole dossier. */
  get showsProgress(): boolean {
    return this.records === 'dossier' && this.columns === null && (this.isOfOwnClient || this.isForClient);
  }

  /** Whether coaches are to say whether the texts of their files may leave. */
  get awaitsApproval(): boolean {
    return this.status === 'awaiting_approval';
  }

  get isRunning(): boolean {
    return this.status === 'running';
  }

  /** Whether a run of it lives, in this process or another. */
  isAlive(now: Date): boolean {
    return this.isRunning && this.pulseAt !== null && !this.isLost(now);
  }

  /** Whether its run said nothing for so long that it must have ended with its process. */
  isLost(now: Date): boolean {
    return this.isRunning && now.getTime() - (this.pulseAt?.getTime() ?? 0) > PULSE_LOST_AFTER_MS;
  }

  /** Whether a file is to come of its run, rather than a stream. */
  get goesToFile(): boolean {
    return this.fileKey !== null;
  }

  get hasRunEnough(): boolean {
    return this.runs >= MOST_RUNS;
  }

  /** Whether nothing will change any more unless somebody does something. */
  get isSettled(): boolean {
    return !this.isAwaited && !this.awaitsApproval;
  }

  /** Rows a second of the run that stands, as its last pulse told; absent where there is none yet. */
  get rowsPerSecond(): number | undefined {
    if (!this.isRunning || !this.startedAt || !this.pulseAt || this.rowsDone === 0) return undefined;
    return (this.rowsDone * 1000) / Math.max(1, this.pulseAt.getTime() - this.startedAt.getTime());
  }

  get hasFile(): boolean {
    return this.status === 'ready';
  }

  /** The texts of these coaches' files leave only when each of them approves. */
  askApprovalOf(coachIds: readonly string[]): void {
    this.approvers = [...coachIds];
    if (coachIds.length > 0) this.status = 'awaiting_approval';
  }

  /** All coaches approved: it is made as soon as its turn comes. @throws Problem 409 */
  approve(at: Date): void {
    if (!this.awaitsApproval) throw alreadyDecided(this.status);
    // From here on its day counts.
    Object.assign(this, { status: 'queued', pulseAt: at });
  }

  /** One coach said no, and that is for good. @throws Problem 409 */
  refuse(at: Date): void {
    if (!this.awaitsApproval) throw alreadyDecided(this.status);
    Object.assign(this, { status: 'refused', finishedAt: at });
  }

  /** Its run ended with its process: another one starts over. */
  queueAgain(at: Date): void {
    Object.assign(this, { status: 'queued', rowsDone: 0, fileKey: null, pulseAt: at });
  }

  /**
   * Starts from the first row, also when an earlier run got further.
   * @param fileKey of the file that this run makes, and no other
   */
  start(at: Date, fileKey: Buffer | null = null): void {
    Object.assign(this, {
      status: 'running',
      rowsDone: 0,
      rowsTotal: null,
      failure: null,
      fileKey,
      runs: this.runs + 1,
      startedAt: at,
      pulseAt: at,
      finishedAt: null,
    });
  }

  /** The file is whole, and kept for a week; for a client for a month. */
  finish(result: ExportResult, at: Date): void {
    this.conclude('ready', result, at);
    const days = this.isForClient ? KEPT_DAYS_FOR_CLIENT : KEPT_DAYS;
    this.expiresAt = new Date(at.getTime() + days * 86_400_000);
  }

  /** It went straight to who asked; nothing is kept. */
  finishStream(result: ExportResult, at: Date): void {
    this.conclude('streamed', result, at);
  }

  fail(failure: ExportFailure, at: Date): void {
    Object.assign(this, { status: 'failed', failure, fileKey: null, finishedAt: at });
  }

  cancel(at: Date): void {
    Object.assign(this, { status: 'cancelled', failure: null, fileKey: null, finishedAt: at });
  }

  /** Its file is removed, at the end of its week or sooner; without its key a copy of that file is noise. */
  expire(at: Date): void {
    this.status = 'expired';
    this.fileKey = null;
    if (this.expiresAt! > at) this.expiresAt = at;
  }

  /** Whether a file was made of it that a manifest can describe, also when that is gone by now. */
  get hasResult(): boolean {
    return this.sha256 !== null && ['ready', 'streamed', 'expired'].includes(this.status);
  }

  /**
   * Whether this person may fetch the file now: only who stated the purpose may.
   * @throws Problem 404, or 409 with the state it is in
   */
  expectFileFor(userId: string, now: Date): void {
    if (this.requestedBy !== userId || this.isForClient) throw somebodyElses();
    if (this.isAwaited || this.awaitsApproval) throw notYetReady(this.status);
    if (!this.hasFile || this.expiresAt! <= now) throw fileIsGone(this.hasFile ? 'expired' : this.status);
  }

  private conclude(status: ExportStatus, { rows, bytes, sha256 }: ExportResult, at: Date): void {
    Object.assign(this, { status, rowsDone: rows, rowsTotal: rows, bytes, sha256, finishedAt: at });
  }
}

function numberOrNull(bytes: string | null): number | null {
  return bytes === null ? null : Number(bytes);
}
