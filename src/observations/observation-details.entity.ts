import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { SealedColumn } from '../database/columns.js';

/** What was observed in a session, as far as it is the coach's own; its version is that of the observation. */
@Entity('observation_details')
export class ObservationDetails {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  sessionId: string;

  @Column('uuid')
  clientId: string;

  @Column('uuid')
  coachId: string;

  /** The question that the client arrived with. */
  @SealedColumn({ nullable: true })
  question: Buffer | null;

  /** Which thoughts kept coming back. */
  @SealedColumn({ nullable: true })
  thoughts: Buffer | null;

  @SealedColumn({ nullable: true })
  letGo: Buffer | null;

  @Column('text', { array: true })
  tensionAreas: string[];

  @Column('text', { array: true })
  breath: string[];

  /** The conditions for recovery, each 0-10. */
  @Column('smallint', { nullable: true })
  safety: number | null;

  @Column('smallint', { nullable: true })
  rest: number | null;

  @Column('smallint', { nullable: true })
  presence: number | null;

  @Column('smallint', { nullable: true })
  acceptance: number | null;

  @Column('smallint', { nullable: true })
  naturalRhythm: number | null;

  @VersionColumn()
  version: number;
}
