import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { LogSharing } from './log.entity.js';

/** What the client noticed, in numbers and codes; for the client, and for the coach unless the log is private. */
@Entity('log_details')
export class LogDetails {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  clientId: string;

  @PrimaryColumn('uuid')
  logId: string;

  @Column('uuid')
  coachId: string;

  /** A copy of the log's, which the database holds to it. */
  @Column('text')
  sharing: LogSharing;

  @Column('smallint', { nullable: true })
  minutes: number | null;

  @Column('smallint', { nullable: true })
  tensionBefore: number | null;

  @Column('smallint', { nullable: true })
  tensionAfter: number | null;

  @Column('text', { array: true })
  recoverySignals: string[];
}
