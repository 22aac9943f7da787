import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, SealedColumn } from '../../database/columns.js';

/** What stood in a log before its client corrected it; the client's own. */
@Entity('log_corrections')
export class LogCorrection {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  clientId: string;

  @PrimaryColumn('uuid')
  logId: string;

  /** The version that stood. */
  @PrimaryColumn('integer')
  version: number;

  @Column('uuid')
  coachId: string;

  /** Its content as JSON. */
  @SealedColumn()
  stood: Buffer;

  @InstantColumn()
  correctedAt: Date;
}
