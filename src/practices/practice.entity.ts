import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { InstantColumn } from '../database/columns.js';
import type { Language } from '../common/language.js';

/** `coach`: what consent carries goes when it is withdrawn. `care_provider`: a duty to keep files, where the WGBO applies. */
export const REGIMES = ['coach', 'care_provider'] as const;
export type Regime = (typeof REGIMES)[number];

/** One coaching practice: the tenant. Everything else belongs to exactly one. */
@Entity('practices')
export class Practice {
  @PrimaryColumn('uuid')
  id: string;

  /** Its name in addresses, such as `adem-en-rust`. */
  @Column('text')
  slug: string;

  @Column('text')
  name: string;

  /** IANA zone in which the days of its people begin and end. */
  @Column('text')
  timeZone: string;

  @Column('text')
  language: Language;

  /** How many assignments a client has at one time, unless the coach means more: few at a time. */
  @Column('smallint')
  assignmentLimit: number;

  /** For how many weeks an assignment lasts when nothing else is said: it always ends. */
  @Column('smallint')
  assignmentWeeks: number;

  /** Whether clients may sign in by a link in a mail. */
  @Column('boolean', { default: false })
  mailSignIn: boolean;
  /** Whether its coaches and admins sign in with a second factor, and until they have one do nothing else. */
  @Column('boolean', { default: false })
  secondFactorRequired: boolean;

  /** Where to find help, in the practice's own words; none where the house's will do. */
  @Column('text', { nullable: true })
  helpNl: string | null;

  @Column('text', { nullable: true })
  helpEn: string | null;

  /** Whether a coach is mailed when a client shares a very high tension; nobody watches for it. */
  @Column('boolean', { default: false })
  tensionAlarm: boolean;

  /** The law it works under, which decides what is kept and for how long. */
  @Column('text')
  regime: Regime;

  /** Why, in words; of the practice, and of nobody in it. */
  @Column('text', { nullable: true })
  regimeReason: string | null;

  /** For how many years after its last session a file is kept, where the practice chose that itself. */
  @Column('smallint', { nullable: true })
  fileYears: number | null;

  /** Why, in words; of the practice, and of nobody in it. */
  @Column('text', { nullable: true })
  fileYearsReason: string | null;

  @InstantColumn()
  createdAt: Date;

  @VersionColumn()
  version: number;
}
