import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { InstantColumn, SealedColumn } from '../../database/columns.js';

/**
 * Why a text may stay out of a copy that a client asks for: the rights of somebody else (AVG art. 15(4)), or the protection of
 * the client (UAVG art. 41(1)(i)).
 */
export const WITHHOLDING_GROUNDS = ['rights_of_others', 'protection_of_client'] as const;
export type WithholdingGround = (typeof WITHHOLDING_GROUNDS)[number];

/** That the texts of a private note stay out of a copy for its client, on what ground, and why. */
@Entity('note_withholdings')
export class NoteWithholding {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  noteId: string;

  @Column('uuid')
  clientId: string;

  @Column('uuid')
  coachId: string;

  @Column('text')
  ground: WithholdingGround;

  /** In the words of the coach; the client reads the ground alone. */
  @SealedColumn()
  reason: Buffer;

  @Column('uuid')
  recordedBy: string;

  @InstantColumn()
  recordedAt: Date;

  @VersionColumn()
  version: number;
}
