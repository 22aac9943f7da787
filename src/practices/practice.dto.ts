import { Clearable, Code, Flag, Id, Line, Optional, Text, TimeZone, WholeNumber } from '../common/fields.js';
import { type Language, LANGUAGES } from '../common/language.js';
import { type Regime, REGIMES } from './practice.entity.js';

export class ChangePractice {
  @Optional()
  @Line(120)
  name?: string;

  /** IANA zone in which a person's day begins and ends. */
  @Optional()
  @TimeZone({ example: 'Europe/Amsterdam' })
  timeZone?: string;

  @Optional()
  @Code(LANGUAGES)
  language?: Language;

  /** How many active assignments a client has before the coach is asked to mean it. */
  @Optional()
  @WholeNumber(1, 20)
  assignmentLimit?: number;

  /** For how many weeks an assignment lasts when nothing else is said. */
  @Optional()
  @WholeNumber(1, 52)
  assignmentWeeks?: number;

  /** Whether clients may sign in by a link in a mail, without a password; a coach or an admin never does. */
  @Optional()
  @Flag()
  mailSignIn?: boolean;

  /** Whether coaches and admins need a second factor; who has none yet can do no more than set one up. */
  @Optional()
  @Flag()
  secondFactorRequired?: boolean;

  /** Where a client finds help, shown after an exercise that ends in a very high tension; null for the house's text. */
  @Clearable()
  @Text(2000)
  helpNl?: string | null;

  @Clearable()
  @Text(2000)
  helpEn?: string | null;

  /** Whether the coach is then mailed too, where the client shares it. Nobody watches for it, and the client is told so. */
  @Optional()
  @Flag()
  tensionAlarm?: boolean;
}

export class ChangeRegime {
  /** `coach`, or `care_provider` where the WGBO applies and files must be kept. */
  @Code(REGIMES)
  regime: Regime;

  /** Why the practice works under this regime. */
  @Text(1000, { example: 'Ik werk als psycholoog met een BIG-registratie.' })
  reason: string;
}

export class PracticeView {
  @Id()
  id: string;

  /** Its name in addresses. */
  @Line(60, { example: 'adem-en-rust' })
  slug: string;

  @Line(120, { example: 'Adem & Rust' })
  name: string;

  @TimeZone({ example: 'Europe/Amsterdam' })
  timeZone: string;

  @Code(LANGUAGES)
  language: Language;

  @WholeNumber(1, 20)
  assignmentLimit: number;

  @WholeNumber(1, 52)
  assignmentWeeks: number;

  @Flag()
  mailSignIn: boolean;

  @Flag()
  secondFactorRequired: boolean;

  @Text(2000)
  helpNl: string;

  @Text(2000)
  helpEn: string;

  @Flag()
  tensionAlarm: boolean;

  @Code(REGIMES)
  regime: Regime;

  @Text(1000)
  regimeReason?: string;

  @WholeNumber(1, 2_147_483_647)
  version: number;
}
