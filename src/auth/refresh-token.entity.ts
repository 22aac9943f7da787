import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../database/columns.js';

/**
 * For how long the answer to a refresh may be asked for again: two windows that refresh at the same moment, or an
 * answer that was lost on the way.
 */
const REPEATABLE_MS = 10_000;

/** Gives one login its next tokens, once; only the hash is kept. */
@Entity('refresh_tokens')
export class RefreshToken {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  loginId: string;

  @Column('bytea')
  hash: Buffer;

  @InstantColumn()
  issuedAt: Date;

  @InstantColumn()
  expiresAt: Date;

  @InstantColumn({ nullable: true })
  usedAt: Date | null;

  /** When it was used a second time, by who did not have the answer to the first. */
  @InstantColumn({ nullable: true })
  repeatedAt: Date | null;

  /** Once, and only right after its use. */
  mayBeRepeated(now: Date): boolean {
    return (
      this.usedAt !== null &&
      this.repeatedAt === null &&
      now.getTime() - this.usedAt.getTime() <= REPEATABLE_MS
    );
  }
}
