import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { InstantColumn, SealedColumn } from '../database/columns.js';
import { requestClosed } from './intake-request.errors.js';

export const INTAKE_REQUEST_STATUSES = ['new', 'accepted', 'refused'] as const;
export type IntakeRequestStatus = (typeof INTAKE_REQUEST_STATUSES)[number];

/** Somebody asked the practice for an intake, by the form on its website. */
@Entity('intake_requests')
export class IntakeRequest {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  status: IntakeRequestStatus;

  /** The consent text that was accepted with it. */
  @Column('integer')
  textVersion: number;

  /** Who asks and what they wrote, sealed; gone once it was answered. */
  @SealedColumn({ nullable: true })
  request: Buffer | null;

  @InstantColumn()
  receivedAt: Date;

  @InstantColumn({ nullable: true })
  closedAt: Date | null;

  @Column('uuid', { nullable: true })
  closedBy: string | null;

  @VersionColumn()
  version: number;

  /** What it says lives in the client's file from here on. */
  accept(by: string, at: Date): void {
    this.close('accepted', by, at);
  }

  /** Nothing of it is kept but that it was there. */
  refuse(by: string, at: Date): void {
    this.close('refused', by, at);
  }

  private close(status: 'accepted' | 'refused', by: string, at: Date): void {
    if (this.status !== 'new') throw requestClosed(this.status);
    Object.assign(this, { status, request: null, closedAt: at, closedBy: by });
  }
}
