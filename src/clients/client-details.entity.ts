import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { DayColumn, SealedColumn } from '../database/columns.js';

/** What the client came with: their question and their stress. For the coach and the client only. */
@Entity('client_details')
export class ClientDetails {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  clientId: string;

  @Column('uuid')
  coachId: string;

  @SealedColumn({ nullable: true })
  question: Buffer | null;

  /** Acute stress recovers by itself; chronic stress keeps recovery at a distance. */
  @Column('text', { nullable: true })
  stressKind: 'acute' | 'chronic' | null;

  @DayColumn({ nullable: true })
  stressSince: string | null;

  @Column('text', { array: true })
  stressors: string[];

  @Column('text', { array: true })
  stressSignals: string[];

  /** What stands in the way of recovery. */
  @Column('text', { array: true })
  blockers: string[];

  @VersionColumn()
  version: number;
}
