import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { DayColumn, InstantColumn } from '../database/columns.js';

/** The rights of the AVG that a client may call upon (articles 15 to 21). */
export const DATA_REQUEST_KINDS = [
  'access',
  'portability',
  'rectification',
  'erasure',
  'restriction',
  'objection',
] as const;
export type DataRequestKind = (typeof DATA_REQUEST_KINDS)[number];

export const DATA_REQUEST_STATUSES = [
  'received',
  'confirmed',
  'approved',
  'running',
  'completed',
  'refused',
  'cancelled',
] as const;
export type DataRequestStatus = (typeof DATA_REQUEST_STATUSES)[number];

export const CLOSING_REASONS = ['consent_given_again'] as const;
export type ClosingReason = (typeof CLOSING_REASONS)[number];

/** What a client asks of the practice about their data, and by when the practice has answered. */
@Entity('data_requests')
export class DataRequest {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  clientId: string;

  @Column('uuid')
  coachId: string;

  @Column('text')
  kind: DataRequestKind;

  @Column('text')
  status: DataRequestStatus;

  /** The withdrawn consent that an erasure follows from. */
  @Column('uuid', { nullable: true })
  consentId: string | null;

  @DayColumn()
  receivedOn: string;

  /** A month later, by which it is answered (AVG art. 12(3)). */
  @DayColumn()
  dueOn: string;

  @InstantColumn()
  createdAt: Date;

  @InstantColumn({ nullable: true })
  closedAt: Date | null;

  @Column('text', { nullable: true })
  closedBecause: ClosingReason | null;

  @VersionColumn()
  version: number;
}
