import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { InstantColumn, SealedColumn } from '../database/columns.js';

/** What was observed in a session, as far as the client sees it too. */
@Entity('observations')
export class Observation {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  sessionId: string;

  @Column('uuid')
  clientId: string;

  @Column('uuid')
  coachId: string;

  /** 0-10, on the same scale as the exercises use. */
  @Column('smallint', { nullable: true })
  tensionBefore: number | null;

  @Column('smallint', { nullable: true })
  tensionAfter: number | null;

  @Column('text', { array: true })
  recoverySignals: string[];

  /** What the client takes home. */
  @SealedColumn({ nullable: true })
  takeHome: Buffer | null;

  /** The moments of the day that it fits in. */
  @Column('text', { array: true })
  transitionMoments: string[];

  @Column('uuid')
  observedBy: string;

  @InstantColumn()
  updatedAt: Date;

  @VersionColumn()
  version: number;
}
