import { Column, Entity, PrimaryColumn } from 'typeorm';
import { SealedColumn } from '../../database/columns.js';
import type { LogSharing } from './log.entity.js';

/** What the client wrote with a log; for the coach only where all of it is shared. */
@Entity('log_remarks')
export class LogRemark {
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

  @SealedColumn()
  remark: Buffer;

  /** The version of the log that it was written for. */
  @Column('integer')
  version: number;
}
