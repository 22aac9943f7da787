import { ROLES, type Role } from '../common/actor.js';
import { Codes, EmailAddress, Id, Line, Optional, Part, WholeNumber } from '../common/fields.js';
import { NewPassword, Password } from '../common/password-fields.js';
import { GiveOwnConsent } from '../clients/consent.dto.js';
import { PasskeyAssertion } from './passkeys/passkey.dto.js';
import { ACCESS_SECONDS } from './access-tokens.js';

export class SignIn {
  @EmailAddress({ example: 'marijke@adem-en-rust.example' })
  email: string;

  @Password({ example: 'een-lange-wachtzin-die-je-onthoudt' })
  password: string;

  /** Slug of the practice; needed only where the address is known in several. */
  @Optional()
  @Line(60, { example: 'adem-en-rust' })
  practice?: string;

  /** Of the authenticator app, or a recovery code; asked for by `second-factor-required`. */
  @Optional()
  @Line(40, { example: '123456' })
  code?: string;

  /** A passkey instead of a code, with the options of `POST /v1/auth/passkey/options`. */
  @Optional()
  @Part(() => PasskeyAssertion)
  passkey?: PasskeyAssertion;
}

export class RefreshLogin {
  /** Left out where it is in a cookie. */
  @Optional()
  @Line(200)
  refreshToken?: string;
}

export class AcceptInvitation {
  /** At least 15 characters; a sentence you remember is the easy way. */
  @NewPassword({ example: 'een-lange-wachtzin-die-je-onthoudt' })
  password: string;

  /** The client's consent to the practice's text; may also be given later. */
  @Optional()
  @Part(() => GiveOwnConsent)
  consent?: GiveOwnConsent;
}

export class SignedInUser {
  @Id()
  id: string;

  @Line(120, { example: 'Marijke de Wit' })
  name: string;

  @Codes(ROLES)
  roles: Role[];

  /** The person's own file, where the person is a client. */
  @Id()
  clientId?: string;
}

export class LoginTokens {
  /** Send it as `Authorization: Bearer …`. Kept in a cookie, and not told, where `X-Web-Client: 1` was sent. */
  @Optional()
  @Line(2000)
  accessToken: string;

  /** Seconds until the access token expires. */
  @WholeNumber(1, ACCESS_SECONDS)
  expiresIn: number;

  /** Gives the next pair, once; used twice it ends the login. In a cookie, as the access token. */
  @Optional()
  @Line(200)
  refreshToken: string;

  @Part(() => SignedInUser)
  user: SignedInUser;
}
