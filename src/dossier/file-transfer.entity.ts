import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, SealedColumn } from '../database/columns.js';

/** A file that went from one coach to another, and why. */
@Entity('file_transfers')
export class FileTransfer {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  clientId: string;

  /** The file's coach now; not always the one of this transfer. */
  @Column('uuid')
  coachId: string;

  @Column('uuid')
  fromCoachId: string;

  @Column('uuid')
  toCoachId: string;

  @SealedColumn()
  reason: Buffer;

  @Column('boolean')
  privateNotesGoAlong: boolean;

  @Column('uuid')
  decidedBy: string;

  @InstantColumn()
  decidedAt: Date;
}
