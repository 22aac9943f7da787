import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../database/columns.js';

/** A time in which an assignment rests. Nobody asks why. */
@Entity('assignment_pauses')
export class AssignmentPause {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  assignmentId: string;

  @Column('uuid')
  clientId: string;

  @Column('uuid')
  coachId: string;

  @InstantColumn()
  pausedAt: Date;

  /** Absent as long as it rests. */
  @InstantColumn({ nullable: true })
  resumedAt: Date | null;
}
