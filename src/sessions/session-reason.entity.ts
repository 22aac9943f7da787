import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, SealedColumn } from '../database/columns.js';

/** The changes of state that a coach may, or must, give a reason for. */
export const REASONED_CHANGES = ['cancellation', 'no_show', 'reinstatement'] as const;
export type ReasonedChange = (typeof REASONED_CHANGES)[number];

/** Why a session did not take place, or why that was taken back: the coach's words, for coaches only, never rewritten. */
@Entity('session_reasons')
export class SessionReason {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  sessionId: string;

  @Column('uuid')
  clientId: string;

  @Column('uuid')
  coachId: string;

  @Column('text')
  change: ReasonedChange;

  @SealedColumn()
  reason: Buffer;

  @Column('uuid')
  givenBy: string;

  @InstantColumn()
  givenAt: Date;
}
