import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { DayColumn, InstantColumn } from '../../database/columns.js';

export const LOG_OUTCOMES = ['done', 'partly', 'skipped'] as const;
export type LogOutcome = (typeof LOG_OUTCOMES)[number];

/** What the coach sees of a log: nothing, all but the remark, or all. */
export const LOG_SHARINGS = ['private', 'numbers', 'all'] as const;
export type LogSharing = (typeof LOG_SHARINGS)[number];

/** One time that a client did, partly did or skipped an assignment. */
@Entity('logs')
export class Log {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  clientId: string;

  /** Chosen by the client, unique within their file. */
  @PrimaryColumn('uuid')
  id: string;

  /** The file's coach now. */
  @Column('uuid')
  coachId: string;

  @Column('uuid')
  assignmentId: string;

  @DayColumn()
  doneOn: string;

  @Column('text')
  outcome: LogOutcome;

  @Column('text')
  sharing: LogSharing;

  /** When it was last written. */
  @InstantColumn()
  loggedAt: Date;

  @VersionColumn()
  version: number;
}
