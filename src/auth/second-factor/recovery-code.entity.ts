import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../database/columns.js';

/** One of ten codes on paper for the day that the phone is gone; it works once, and only its HMAC is kept. */
@Entity('recovery_codes')
export class RecoveryCode {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  userId: string;

  @Column('bytea')
  hash: Buffer;

  @InstantColumn()
  createdAt: Date;

  @InstantColumn({ nullable: true })
  usedAt: Date | null;
}
