import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { InstantColumn } from '../database/columns.js';
import { notYetStarted, wrongSessionState } from './session.errors.js';

export const SESSION_KINDS = ['intake', 'energizing', 'follow_up', 'evaluation'] as const;
export type SessionKind = (typeof SESSION_KINDS)[number];

export const SESSION_STATUSES = ['planned', 'completed', 'cancelled', 'no_show'] as const;
export type SessionStatus = (typeof SESSION_STATUSES)[number];

/** The states of a session that is still to take place, or did. */
const TAKES_PLACE: readonly SessionStatus[] = ['planned', 'completed'];

export const SESSION_MODES = ['in_person', 'video', 'phone'] as const;
export type SessionMode = (typeof SESSION_MODES)[number];

/** One Energizing session of a client: when, how, and how it ended; what was said in it stands elsewhere. */
@Entity('sessions')
export class Session {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  clientId: string;

  /** The file's coach now. */
  @Column('uuid')
  coachId: string;

  /** The coach who gives, or gave, this session. */
  @Column('uuid')
  givenBy: string;

  @Column('text')
  kind: SessionKind;

  @Column('text')
  status: SessionStatus;

  @Column('text')
  mode: SessionMode;

  @InstantColumn()
  startsAt: Date;

  @InstantColumn()
  endsAt: Date;

  /** From when until when the coach is taken: no two planned sessions of one coach overlap in this. */
  @InstantColumn()
  occupiedFrom: Date;

  @InstantColumn()
  occupiedUntil: Date;

  @Column('integer', { nullable: true })
  priceCents: number | null;

  @Column('smallint', { nullable: true })
  vatPercent: number | null;

  @InstantColumn()
  createdAt: Date;

  /** Whether a note of it is signed; the database keeps it. */
  @Column({ type: 'boolean', default: false, insert: false, update: false })
  noteSigned: boolean;

  @VersionColumn()
  version: number;

  get durationMinutes(): number {
    return (this.endsAt.getTime() - this.startsAt.getTime()) / 60_000;
  }

  get isPlanned(): boolean {
    return this.status === 'planned';
  }

  /** Sets when it is, and so when its coach is taken. */
  time(startsAt: Date, durationMinutes: number): void {
    this.startsAt = startsAt;
    this.endsAt = new Date(startsAt.getTime() + durationMinutes * 60_000);
    this.occupiedFrom = this.startsAt;
    this.occupiedUntil = this.endsAt;
  }

  /** Moves it to another time; one that did not take place keeps the time it was planned for. */
  retime(startsAt: Date, durationMinutes: number): void {
    this.expectToTakePlace();
    this.time(startsAt, durationMinutes);
  }

  changeMode(mode: SessionMode): void {
    this.expectToTakePlace();
    this.mode = mode;
  }

  /** What was observed and agreed in it cannot be known beforehand; one that was held earlier is moved first. */
  complete(now: Date): void {
    this.expectBegun(now);
    this.end('completed');
  }

  cancel(): void {
    this.end('cancelled');
  }

  /** The client did not come; that cannot be known beforehand. */
  missed(now: Date): void {
    this.expectBegun(now);
    this.end('no_show');
  }

  /** Takes back an end that was a mistake. */
  reinstate(): void {
    if (this.isPlanned) throw wrongSessionState(this.status, ['completed', 'cancelled', 'no_show']);
    this.status = 'planned';
  }

  /** @throws Problem 409 `wrong-state` for a session that was cancelled, or that the client did not come to */
  expectToTakePlace(): void {
    if (!TAKES_PLACE.includes(this.status)) throw wrongSessionState(this.status, TAKES_PLACE);
  }

  /** @throws Problem 409 `wrong-state`: what has ended is not deleted */
  expectPlanned(): void {
    if (!this.isPlanned) throw wrongSessionState(this.status, ['planned']);
  }

  private expectBegun(now: Date): void {
    if (this.isPlanned && this.startsAt > now) throw notYetStarted();
  }

  private end(status: SessionStatus): void {
    this.expectPlanned();
    this.status = status;
  }
}
