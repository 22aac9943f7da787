import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, SealedColumn } from '../../database/columns.js';

/** What stood in a check-in before its client corrected it; the client's own. */
@Entity('check_in_corrections')
export class CheckInCorrection {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  clientId: string;

  @PrimaryColumn('uuid')
  checkInId: string;

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
