import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { InstantColumn } from '../database/columns.js';
import type { Role } from '../common/actor.js';
import type { Language } from '../common/language.js';

/** A person who signs in to one practice. */
@Entity('users')
export class User {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  name: string;

  /** In lower case; unique within the practice. */
  @Column('text')
  email: string;

  @Column('text')
  language: Language;

  @Column('text', { array: true })
  roles: Role[];

  /** Since when this user may no longer sign in. */
  @InstantColumn({ nullable: true })
  disabledAt: Date | null;

  @InstantColumn()
  createdAt: Date;

  @VersionColumn()
  version: number;

  get isCoach(): boolean {
    return this.roles.includes('coach');
  }

  /** Is nothing here but a client, and so opens no file but their own. */
  get isOnlyClient(): boolean {
    return this.roles.every((role) => role === 'client');
  }

  get isDisabled(): boolean {
    return this.disabledAt !== null;
  }

  /** From the next request on, nothing that this user holds opens anything. */
  disable(at: Date): void {
    this.disabledAt ??= at;
  }

  enable(): void {
    this.disabledAt = null;
  }
}
