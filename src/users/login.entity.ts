import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../database/columns.js';

export type LoginEnd = 'logout' | 'revoked' | 'reuse' | 'disabled';

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

  @InstantColumn({ nullable: true })
  endedAt: Date | null;

  @Column('text', { nullable: true })
  endedBecause: LoginEnd | null;

  end(because: LoginEnd, at: Date): void {
    this.endedAt ??= at;
    this.endedBecause ??= because;
  }
}
