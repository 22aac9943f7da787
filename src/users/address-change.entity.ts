import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../database/columns.js';

/** Somebody asked to sign in with another address: it is theirs once the new one confirms it. */
@Entity('address_changes')
export class AddressChange {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  userId: string;

  @Column('text')
  oldEmail: string;

  @Column('text')
  newEmail: string;

  @InstantColumn()
  requestedAt: Date;

  @InstantColumn({ nullable: true })
  confirmedAt: Date | null;

  /** Said at the old address: this was not me. */
  @InstantColumn({ nullable: true })
  cancelledAt: Date | null;

  get isPending(): boolean {
    return this.confirmedAt === null && this.cancelledAt === null;
  }

  confirm(at: Date): void {
    this.confirmedAt = at;
  }

  cancel(at: Date): void {
    this.cancelledAt = at;
  }
}
