import { Instant, Line, Optional, Part, WholeNumber } from '../common/fields.js';
import { Password } from '../common/password-fields.js';
import { ACCESS_SECONDS } from './access-tokens.js';
import { PasskeyAssertion } from './passkeys/passkey.dto.js';

export class ProveAgain {
  @Password({ example: 'een-lange-wachtzin-die-je-onthoudt' })
  password: string;

  /** Of the authenticator app, or a recovery code; where there is a second factor. */
  @Optional()
  @Line(40, { example: '123456' })
  code?: string;

  /** A passkey instead of a code, with the options of `POST /v1/auth/passkey/options`. */
  @Optional()
  @Part(() => PasskeyAssertion)
  passkey?: PasskeyAssertion;
}

export class Proven {
  /** A fresh one; the refresh token stays what it was. */
  @Line(2000)
  accessToken: string;

  /** Seconds until the access token expires. */
  @WholeNumber(1, ACCESS_SECONDS)
  expiresIn: number;

  /** Until when this proof is recent enough for what asks for one. */
  @Instant()
  until: string;
}
