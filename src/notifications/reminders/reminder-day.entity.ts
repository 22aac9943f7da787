import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../database/columns.js';

/** A day on which a client was reminded, or was about to be: it is claimed before the mail is sent. */
@Entity('reminder_days')
export class ReminderDay {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  clientId: string;

  @PrimaryColumn('date')
  onDay: string;

  /** The file's coach now. */
  @Column('uuid')
  coachId: string;

  /** Hash of the code in the mail with which its reader is left in peace. */
  @Column('bytea')
  unsubscribeHash: Buffer;

  @InstantColumn()
  claimedAt: Date;

  /** When the mail server took it; absent where it did not, or where nobody lived to tell. */
  @InstantColumn({ nullable: true })
  sentAt: Date | null;
}
