import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../database/columns.js';

/** An authenticator app of a user, whose codes are asked for behind the password once one of them was shown to work. */
@Entity('second_factors')
export class SecondFactor {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  userId: string;

  /** The secret shared with the app, sealed with a key of the installation. */
  @Column('bytea')
  sealedSecret: Buffer;

  @InstantColumn()
  createdAt: Date;

  /** Since when codes are asked for; before, it is no more than a beginning. */
  @InstantColumn({ nullable: true })
  confirmedAt: Date | null;

  /** The last half-minute of which a code was taken: that one, and every one before, is worn out. */
  @Column('integer')
  lastStep: number;

  get isConfirmed(): boolean {
    return this.confirmedAt !== null;
  }

  confirm(at: Date): void {
    this.confirmedAt ??= at;
  }
}
