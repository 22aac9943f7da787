import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { DayColumn, InstantColumn } from '../../database/columns.js';
import type { LogSharing } from '../logs/log.entity.js';

/** A client's look at how it goes: once a week or so, on any day. All of it but the remark is numbers and codes. */
@Entity('check_ins')
export class CheckIn {
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

  @DayColumn()
  day: string;

  @Column('text')
  sharing: LogSharing;

  @Column('smallint')
  tension: number;

  /** The conditions for recovery, each 0-10; what was not looked at is null. */
  @Column('smallint', { nullable: true })
  safety: number | null;

  @Column('smallint', { nullable: true })
  rest: number | null;

  @Column('smallint', { nullable: true })
  presence: number | null;

  @Column('smallint', { nullable: true })
  acceptance: number | null;

  @Column('smallint', { nullable: true })
  naturalRhythm: number | null;

  @Column('text', { array: true })
  stressSignals: string[];

  @Column('text', { array: true })
  recoverySignals: string[];

  /** When it was last written. */
  @InstantColumn()
  checkedAt: Date;

  @VersionColumn()
  version: number;
}
