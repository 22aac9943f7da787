import { Column, Entity, PrimaryColumn } from 'typeorm';
import { DayColumn, InstantColumn } from '../database/columns.js';
import type { ConsentChannel } from './consent.dto.js';

/** The client's explicit consent to a version of the practice's text (AVG art. 9(2)(a)). */
@Entity('consents')
export class Consent {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  clientId: string;

  @Column('uuid')
  coachId: string;

  @Column('integer')
  textVersion: number;

  @Column('text')
  channel: ConsentChannel;

  @DayColumn()
  givenOn: string;

  @Column('uuid')
  recordedBy: string;

  @InstantColumn()
  recordedAt: Date;

  @InstantColumn({ nullable: true })
  withdrawnAt: Date | null;

  /** The day on which the practice received the withdrawal. */
  @DayColumn({ nullable: true })
  withdrawnOn: string | null;

  @Column('text', { nullable: true })
  withdrawalChannel: ConsentChannel | null;

  @Column('uuid', { nullable: true })
  withdrawnBy: string | null;
}
