import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { addDays, addMonth, addMonths } from '../common/day.js';
import { DayColumn, InstantColumn, SealedColumn } from '../database/columns.js';
import { extendedAlready, tooLateToExtend, wrongRequestState } from './data-request.errors.js';

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

export const CLOSING_REASONS = ['consent_given_again', 'taken_back', 'called_off'] as const;
export type ClosingReason = (typeof CLOSING_REASONS)[number];

/**
 * How it came: from the client in the portal, on paper (or by word of mouth) to an admin, as the proposal of a coach, or from
 * the system, where consent was withdrawn or a term ended.
 */
export const REQUEST_CHANNELS = ['portal', 'paper', 'coach', 'system'] as const;
export type RequestChannel = (typeof REQUEST_CHANNELS)[number];

/** Why a request is refused: the law knows few reasons (AVG art. 12(2) and (5), 15(4), 17(3)). */
export const REFUSAL_GROUNDS = [
  'identity_unproven',
  'legal_duty',
  'legal_claims',
  'rights_of_others',
  'unfounded',
  'not_held',
] as const;
export type RefusalGround = (typeof REFUSAL_GROUNDS)[number];

/** For so long an approved erasure can still be called off. */
export const GRACE_DAYS = 7;
/** By so much a request may take longer, counted from the month that it has (AVG art. 12(3)). */
const EXTENSION_MONTHS = 2;

/** Held from the day that they are asked: whether rightly is decided while the data are left alone. */
const HOLDS: readonly DataRequestKind[] = ['restriction', 'objection'];
/** What the system itself carries out, once it is approved. */
const CARRIED_OUT_BY_SYSTEM: readonly DataRequestKind[] = ['access', 'portability', 'erasure'];

/** What is asked of the practice. */
export interface AskedFor {
  readonly id: string;
  readonly practiceId: string;
  readonly clientId: string;
  readonly coachId: string;
  readonly kind: DataRequestKind;
  readonly channel: RequestChannel;
  readonly details: Buffer | null;
  /** A day in the practice's time zone. */
  readonly receivedOn: string;
  readonly at: Date;
}

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

  /** What nobody says came from the system itself. */
  @Column('text', { default: 'system' })
  channel: RequestChannel;

  /** What it is about, in the words of who asked. */
  @SealedColumn({ nullable: true })
  details: Buffer | null;

  /** The withdrawn consent that an erasure follows from. */
  @Column('uuid', { nullable: true })
  consentId: string | null;

  @DayColumn()
  receivedOn: string;

  /** A month later, by which it is answered (AVG art. 12(3)); three months, once it was extended. */
  @DayColumn()
  dueOn: string;

  @DayColumn({ nullable: true })
  extendedOn: string | null;

  @SealedColumn({ nullable: true })
  extensionReason: Buffer | null;

  @Column('text', { nullable: true })
  refusalGround: RefusalGround | null;

  /** What the client is told: why not, or what was done. */
  @SealedColumn({ nullable: true })
  answer: Buffer | null;

  @Column('uuid', { nullable: true })
  decidedBy: string | null;

  @InstantColumn({ nullable: true })
  decidedAt: Date | null;

  /** The day on which an approved erasure is carried out; until then it can be called off. */
  @DayColumn({ nullable: true })
  erasesOn: string | null;

  /** Until when the copy that was asked for can be fetched. */
  @InstantColumn({ nullable: true })
  fileUntil: Date | null;

  @InstantColumn()
  createdAt: Date;

  @InstantColumn({ nullable: true })
  closedAt: Date | null;

  @Column('text', { nullable: true })
  closedBecause: ClosingReason | null;

  @VersionColumn()
  version: number;

  /** Who signs in to the portal has shown who they are; of who wrote, or whom a coach speaks for, an admin confirms it. */
  static asked({ at, ...request }: AskedFor): DataRequest {
    return Object.assign(new DataRequest(), {
      ...request,
      status: request.channel === 'portal' ? ('confirmed' as const) : ('received' as const),
      consentId: null,
      dueOn: addMonth(request.receivedOn),
      extendedOn: null,
      extensionReason: null,
      refusalGround: null,
      answer: null,
      decidedBy: null,
      decidedAt: null,
      erasesOn: null,
      fileUntil: null,
      createdAt: at,
      closedAt: null,
      closedBecause: null,
    });
  }

  /** Whether it keeps the data where they are for as long as it is open (AVG art. 18 and 21). */
  get isHold(): boolean {
    return HOLDS.includes(this.kind);
  }

  /** Whether the client asked for it themselves, so that they may take it back. */
  get isOwn(): boolean {
    return this.channel !== 'coach' && (this.channel !== 'system' || this.consentId !== null);
  }

  /** It is the client who asks, and clear what they ask. */
  confirm(): void {
    this.expect('received');
    this.status = 'confirmed';
  }

  /**
   * The practice will do it. A hold is in force from here on for as long as it is needed; an erasure waits for its days of
   * grace, which lie inside the month: approved late, they are fewer, but one at least.
   * @param today a day in the practice's time zone
   */
  approve(by: string, at: Date, today: string): void {
    this.expect('confirmed');
    this.status = this.isHold ? 'running' : 'approved';
    this.decide(by, at);
    if (this.kind === 'erasure') this.erasesOn = lastDayOfGrace(today, this.dueOn);
  }

  refuse(by: string, at: Date, ground: RefusalGround): void {
    this.expect('received', 'confirmed');
    this.decide(by, at);
    this.refusalGround = ground;
    this.close('refused', at);
  }

  /** Two months longer, once, and told to the client within the first month. @throws Problem 409 */
  extend(today: string): void {
    this.expect('received', 'confirmed', 'approved');
    if (this.extendedOn !== null) throw extendedAlready(this.dueOn);
    if (today > this.dueOn) throw tooLateToExtend(this.dueOn);
    this.extendedOn = today;
    this.dueOn = addMonths(this.receivedOn, 1 + EXTENSION_MONTHS);
  }

  /** Whether a copy of their data answers it (AVG art. 15 and 20). */
  get isForCopy(): boolean {
    return this.kind === 'access' || this.kind === 'portability';
  }

  /** The system sets to work. */
  begin(): void {
    this.expect('approved');
    this.status = 'running';
  }

  /** The copy is whole, and there for its client. */
  handOver(fileUntil: Date, at: Date): void {
    this.expect('running');
    this.fileUntil = fileUntil;
    this.close('completed', at);
  }

  /** Nothing came of the copy: an admin sees why, and approves anew. */
  giveBack(): void {
    this.expect('running');
    this.status = 'confirmed';
    this.decidedBy = null;
    this.decidedAt = null;
  }

  /** Done by people: what was wrong is right now, or a hold is no longer needed. */
  complete(at: Date): void {
    if (CARRIED_OUT_BY_SYSTEM.includes(this.kind)) throw wrongRequestState(this.status, []);
    this.expect(this.isHold ? 'running' : 'approved');
    this.close('completed', at);
  }

  /** Who asked thinks better of it, or an admin calls it off. */
  cancel(at: Date, because: 'taken_back' | 'called_off'): void {
    const until: DataRequestStatus[] = ['received', 'confirmed', 'approved'];
    this.expect(...until, ...(this.isHold ? (['running'] as const) : []));
    this.closedBecause = because;
    this.close('cancelled', at);
  }

  private decide(by: string, at: Date): void {
    this.decidedBy = by;
    this.decidedAt = at;
  }

  private close(status: 'completed' | 'refused' | 'cancelled', at: Date): void {
    this.status = status;
    this.closedAt = at;
  }

  private expect(...from: DataRequestStatus[]): void {
    if (!from.includes(this.status)) throw wrongRequestState(this.status, from);
  }
}

function lastDayOfGrace(today: string, dueOn: string): string {
  const [whole, least] = [addDays(today, GRACE_DAYS), addDays(today, 1)];
  if (whole <= dueOn) return whole;
  return dueOn > least ? dueOn : least;
}
