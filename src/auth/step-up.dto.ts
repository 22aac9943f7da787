import { Instant, Line, Password, WholeNumber } from '../common/fields.js';
import { ACCESS_SECONDS } from './access-tokens.js';

export class ProveAgain {
  @Password({ example: 'een-lange-wachtzin-die-je-onthoudt' })
  password: string;
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
