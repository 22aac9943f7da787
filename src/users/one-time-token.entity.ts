import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../database/columns.js';

/** A code that works once, until it expires; only its hash is kept. */
@Entity('one_time_tokens')
export class OneTimeToken {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  purpose: 'invitation';

  /** The user it is for, or else the client who has no user yet. */
  @Column('uuid', { nullable: true })
  userId: string | null;

  @Column('uuid', { nullable: true })
  clientId: string | null;

  @Column('bytea')
  hash: Buffer;

  @InstantColumn()
  createdAt: Date;

  @InstantColumn()
  expiresAt: Date;

  @InstantColumn({ nullable: true })
  usedAt: Date | null;

  isUsable(at: Date): boolean {
    return this.usedAt === null && at < this.expiresAt;
  }
}
