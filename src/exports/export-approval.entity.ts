import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../database/columns.js';

export const DECISIONS = ['approved', 'refused'] as const;
export type Decision = (typeof DECISIONS)[number];

/** Whether one coach lets the texts of their files leave in one export. */
@Entity('export_approvals')
export class ExportApproval {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  exportId: string;

  @PrimaryColumn('uuid')
  coachId: string;

  /** How many notes of their files were meant when it was asked. */
  @Column('integer')
  noteCount: number;

  /** Null while they have not said. */
  @Column('text', { nullable: true })
  decision: Decision | null;

  @InstantColumn({ nullable: true })
  decidedAt: Date | null;
}
