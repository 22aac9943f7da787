import { Flag, Instant, Line, Optional, Part, Text, Texts, WholeNumber } from '../../common/fields.js';
import { Password } from '../../common/password-fields.js';
import { PasskeyAssertion } from '../passkeys/passkey.dto.js';
import { RECOVERY_CODE_LENGTH, RECOVERY_CODES } from './recovery-codes.js';

export class SecondFactorView {
  /** Since when codes of an authenticator app are asked for. */
  @Instant()
  confirmedAt?: string;

  /** Recovery codes that were not used yet. */
  @WholeNumber(0, RECOVERY_CODES)
  recoveryCodesLeft: number;

  @WholeNumber(0, 1000)
  passkeys: number;

  /** Whether the practice wants a second factor of this person. */
  @Flag()
  required: boolean;
}

/** What an authenticator app needs; shown here and never again. */
export class SecondFactorEnrolment {
  @Line(2000, { example: 'otpauth://totp/Adem%20%26%20Rust:marijke%40adem-en-rust.example?secret=…' })
  otpauthUri: string;

  /** The same secret to type over, base32. */
  @Line(64)
  secret: string;

  /** The address as a QR code, an SVG image. */
  @Text(200_000)
  qrCode: string;
}

export class ConfirmSecondFactor {
  /** What the app shows now. */
  @Line(10, { example: '123456' })
  code: string;
}

/** The password, and one of the other two. */
export class ProveBoth {
  @Password({ example: 'een-lange-wachtzin-die-je-onthoudt' })
  password: string;

  /** Of the authenticator app, or a recovery code. */
  @Optional()
  @Line(40, { example: '123456' })
  code?: string;

  /** A passkey instead of a code, with the options of `POST /v1/auth/passkey/options`. */
  @Optional()
  @Part(() => PasskeyAssertion)
  passkey?: PasskeyAssertion;
}

export class RecoveryCodeList {
  /** Each works once; they are not shown again. */
  @Texts(RECOVERY_CODES, RECOVERY_CODE_LENGTH, { example: ['7KQ2-M9XC-0V4T-HJ8R-3WNB-5DEA'] })
  codes: string[];
}
