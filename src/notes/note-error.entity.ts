import { Column, Entity, PrimaryColumn } from 'typeorm';
import { SealedColumn } from '../database/columns.js';

/** Why a signed note was a mistake, in the words of the coach; for who may read the note as its coach. */
@Entity('note_errors')
export class NoteError {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  noteId: string;

  @Column('uuid')
  clientId: string;

  @Column('uuid')
  coachId: string;

  @Column('uuid', { nullable: true })
  coachReaderId: string | null;

  @SealedColumn()
  reason: Buffer;
}
