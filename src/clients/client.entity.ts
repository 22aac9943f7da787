import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import type { Language } from '../common/language.js';
import { InstantColumn } from '../database/columns.js';
import { consentRequired, fileClosed, wrongClientState } from './client.errors.js';

export const CLIENT_STATUSES = ['prospect', 'active', 'paused', 'closed'] as const;
export type ClientStatus = (typeof CLIENT_STATUSES)[number];

/** The file of a person who is coached: who they are and how the coaching stands, nothing about their health. */
@Entity('clients')
export class Client {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  id: string;

  /** The file's coach now; every row of the file carries a copy. */
  @Column('uuid')
  coachId: string;

  /** The client's own user, once the invitation was accepted. */
  @Column('uuid', { nullable: true })
  userId: string | null;

  @Column('text')
  name: string;

  /** Made by the database: lists sort by it. */
  @Column({
    type: 'text',
    insert: false,
    update: false,
    generatedType: 'STORED',
    asExpression: 'lower(name)',
  })
  sortName: string;

  @Column('text', { nullable: true })
  email: string | null;

  @Column('text', { nullable: true })
  phone: string | null;

  @Column('text', { nullable: true })
  company: string | null;

  @Column('text')
  language: Language;

  @Column('text')
  status: ClientStatus;

  /** The consent in force; without one nothing about health is stored. */
  @Column('uuid', { nullable: true })
  consentId: string | null;

  @InstantColumn()
  createdAt: Date;

  @InstantColumn({ nullable: true })
  invitedAt: Date | null;

  @InstantColumn({ nullable: true })
  closedAt: Date | null;

  /** Since when nothing of the person is left: a tombstone, for the sessions that the tax office asks for. */
  @InstantColumn({ nullable: true })
  erasedAt: Date | null;

  @VersionColumn()
  version: number;

  get hasConsent(): boolean {
    return this.consentId !== null;
  }

  get isClosed(): boolean {
    return this.status === 'closed';
  }

  activate(): void {
    this.move(['prospect'], 'active');
  }

  pause(): void {
    this.move(['active'], 'paused');
  }

  resume(): void {
    this.move(['paused'], 'active');
  }

  close(at: Date): void {
    this.move(['prospect', 'active', 'paused'], 'closed');
    this.closedAt = at;
  }

  reopen(): void {
    this.move(['closed'], 'active');
    this.closedAt = null;
  }

  /** @throws Problem 409 `file-closed`: a closed file is read, not written */
  expectOpen(): void {
    if (this.isClosed) throw fileClosed();
  }

  /** @throws Problem 409 `consent-required`: consent first, then what is about health (AVG art. 9) */
  expectConsent(): void {
    if (!this.hasConsent) throw consentRequired();
  }

  /**
   * Before anything about health is written.
   * @throws Problem 409 `file-closed`, `consent-required`
   */
  expectWritable(): void {
    this.expectOpen();
    this.expectConsent();
  }

  private move(from: readonly ClientStatus[], to: ClientStatus): void {
    if (!from.includes(this.status)) throw wrongClientState(this.status, from);
    this.status = to;
  }
}
