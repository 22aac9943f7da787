import { createHash } from 'node:crypto';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../database/columns.js';

/** What is kept of an address, enough to see that it is still the same. */
export const addressHash = (email: string): Buffer => createHash('sha256').update(email).digest();

export const PURPOSES = [
  'invitation',
  'password_reset',
  'mail_sign_in',
  'address_change',
  'address_change_cancellation',
] as const;
export type Purpose = (typeof PURPOSES)[number];

/** A code that works once, until it expires; only its hash is kept. */
@Entity('one_time_tokens')
export class OneTimeToken {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  purpose: Purpose;

  /** The user it is for, or else the client who has no user yet. */
  @Column('uuid', { nullable: true })
  userId: string | null;

  @Column('uuid', { nullable: true })
  clientId: string | null;

  @Column('bytea')
  hash: Buffer;

  /** SHA-256 of the address that it was mailed to. */
  @Column('bytea')
  sentTo: Buffer;

  /** The change of address that it confirms or cancels. */
  @Column('uuid', { nullable: true })
  addressChangeId: string | null;

  /** SHA-256 of the secret that the browser keeps which asked for it: it works in no other. */
  @Column('bytea', { nullable: true })
  browser: Buffer | null;

  @InstantColumn()
  createdAt: Date;

  @InstantColumn()
  expiresAt: Date;

  @InstantColumn({ nullable: true })
  usedAt: Date | null;

  isUsable(at: Date): boolean {
    return this.usedAt === null && at < this.expiresAt;
  }

  /** A code proves that its bearer reads the mail of one address; of another, corrected since, it proves nothing. */
  wasSentTo(email: string): boolean {
    return this.sentTo.equals(addressHash(email));
  }
}
