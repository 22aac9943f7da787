import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../database/columns.js';

/** A passkey of a user (WebAuthn, level 3): of it only what is public is here. */
@Entity('passkeys')
export class Passkey {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  userId: string;

  /** The authenticator's own name for it. */
  @Column('bytea')
  credentialId: Buffer;

  /** COSE_Key (RFC 9052). */
  @Column('bytea')
  publicKey: Buffer;

  /** How often the authenticator says it signed; a bigint arrives as text. Most passkeys stay at 0. */
  @Column('bigint')
  signCount: string;

  /** What the person calls it, such as "telefoon". */
  @Column('text')
  name: string;

  /** Whether it is kept in somebody's cloud, and so outlives the device. */
  @Column('boolean')
  isSynced: boolean;

  @InstantColumn()
  createdAt: Date;

  @InstantColumn({ nullable: true })
  lastUsedAt: Date | null;

  /** A count that did not grow means that a copy of the key may be signing elsewhere (WebAuthn, section 6.1.1). */
  isCopied(signCount: number): boolean {
    const known = Number(this.signCount);
    return (known > 0 || signCount > 0) && signCount <= known;
  }
}
