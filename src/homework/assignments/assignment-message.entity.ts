import { Column, Entity, PrimaryColumn } from 'typeorm';
import { SealedColumn } from '../../database/columns.js';

/** The coach's words with an assignment; for the coach and the client only. */
@Entity('assignment_messages')
export class AssignmentMessage {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  assignmentId: string;

  @Column('uuid')
  clientId: string;

  @Column('uuid')
  coachId: string;

  @SealedColumn()
  message: Buffer;

  /** The version of the assignment that it was written for. */
  @Column('integer')
  version: number;
}
