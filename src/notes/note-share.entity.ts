import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../database/columns.js';

/** That a client can read a note: since when, by whose hand, and whether they did. */
@Entity('note_shares')
export class NoteShare {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  noteId: string;

  @Column('uuid')
  clientId: string;

  @Column('uuid')
  coachId: string;

  @Column('uuid')
  sharedBy: string;

  @InstantColumn()
  sharedAt: Date;

  @InstantColumn({ nullable: true })
  firstReadAt: Date | null;

  /** The user of the client who read it. */
  @Column('uuid', { nullable: true })
  firstReadBy: string | null;
}
