import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, SealedColumn } from '../database/columns.js';

/** One saved text of a note, never rewritten. It names its readers, and the database lets nobody else read it. */
@Entity('note_bodies')
export class NoteBody {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  noteId: string;

  @PrimaryColumn('integer')
  version: number;

  @Column('uuid')
  clientId: string;

  @Column('uuid')
  coachId: string;

  /** The coach who may read it: of a private text who wrote it, of a shared one the file's coach. */
  @Column('uuid', { nullable: true })
  coachReaderId: string | null;

  /** The client, exactly while the note is shared and signed. */
  @Column('uuid', { nullable: true })
  clientReaderId: string | null;

  @SealedColumn()
  body: Buffer;

  /** The SHA-256 of what was signed, in hexadecimal; null while it is a draft. */
  @SealedColumn({ nullable: true })
  signature: Buffer | null;

  @Column('uuid')
  writtenBy: string;

  @InstantColumn()
  writtenAt: Date;
}
