import { Column, Entity, PrimaryColumn } from 'typeorm';
import { SealedColumn } from '../../database/columns.js';
import type { LogSharing } from '../logs/log.entity.js';

/** What the client wrote with a check-in; for the coach only where all of it is shared. */
@Entity('check_in_remarks')
export class CheckInRemark {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  clientId: string;

  @PrimaryColumn('uuid')
  checkInId: string;

  @Column('uuid')
  coachId: string;

  /** A copy of the check-in's, which the database holds to it. */
  @Column('text')
  sharing: LogSharing;

  @SealedColumn()
  remark: Buffer;

  /** The version of the check-in that it was written for. */
  @Column('integer')
  version: number;
}
