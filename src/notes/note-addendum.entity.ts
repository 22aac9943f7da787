import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, SealedColumn } from '../database/columns.js';

/** Words that came after a note was signed: signed as they are written, and never rewritten. Its readers are the note's. */
@Entity('note_addenda')
export class NoteAddendum {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  noteId: string;

  @Column('uuid')
  clientId: string;

  @Column('uuid')
  coachId: string;

  @Column('uuid', { nullable: true })
  coachReaderId: string | null;

  @Column('uuid', { nullable: true })
  clientReaderId: string | null;

  @SealedColumn()
  body: Buffer;

  /** The SHA-256 of what was signed, in hexadecimal. */
  @SealedColumn()
  signature: Buffer;

  @Column('uuid')
  signedBy: string;

  @InstantColumn()
  signedAt: Date;
}
