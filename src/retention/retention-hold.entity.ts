import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { InstantColumn, SealedColumn } from '../database/columns.js';

/** A file is kept beyond its term, for a reason: a complaint, a claim, a case. */
@Entity('retention_holds')
export class RetentionHold {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  clientId: string;

  @Column('uuid')
  coachId: string;

  @SealedColumn()
  reason: Buffer;

  @Column('uuid')
  placedBy: string;

  @InstantColumn()
  placedAt: Date;

  @VersionColumn()
  version: number;
}
