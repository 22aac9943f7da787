import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../database/columns.js';

export type LoginEnd = 'logout' | 'revoked' | 'reuse' | 'disabled' | 'password' | 'roles';

/** How long somebody who proved who they are may do what wants a recent proof. */
export const RECENT_SECONDS = 600;

/** One sign-in of a user on one device, until it is ended. */
@Entity('logins')
export class Login {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  userId: string;

  /** What the browser or app called itself. */
  @Column('text', { nullable: true })
  device: string | null;

  @Column('text', { nullable: true })
  address: string | null;

  @InstantColumn()
  createdAt: Date;

  @InstantColumn()
  lastSeenAt: Date;

  /** When its holder last proved who they are: at the sign-in, or since. A refresh proves nothing. */
  @InstantColumn()
  authenticatedAt: Date;

  @InstantColumn({ nullable: true })
  endedAt: Date | null;

  @Column('text', { nullable: true })
  endedBecause: LoginEnd | null;

  wasProvenRecently(now: Date): boolean {
    return now.getTime() - this.authenticatedAt.getTime() <= RECENT_SECONDS * 1000;
  }

  end(because: LoginEnd, at: Date): void {
    this.endedAt ??= at;
    this.endedBecause ??= because;
  }
}
