import { EmailAddress, Line, Optional, WholeNumber } from '../common/fields.js';
import { NewPassword, Password } from '../common/password-fields.js';

/** Somebody asks for a mail; what comes of it only the reader of that mail learns. */
export class AskForMail {
  @EmailAddress({ example: 'marijke@adem-en-rust.example' })
  email: string;

  /** Slug of the practice; without it each practice that knows the address sends a mail. */
  @Optional()
  @Line(60, { example: 'adem-en-rust' })
  practice?: string;
}

export class ResetPassword {
  /** At least 15 characters; a sentence you remember is the easy way. */
  @NewPassword({ example: 'een-lange-wachtzin-die-je-onthoudt' })
  password: string;
}

export class MailSignInAsked {
  /** Keep it in this browser and send it along with the code of the mail: the link works in no other. */
  @Line(43)
  request: string;

  /** Seconds until the link that is mailed stops working. */
  @WholeNumber(1, 600)
  expiresIn: number;
}

export class TakeMailSignIn {
  /** What the browser was given when it asked. */
  @Line(43)
  request: string;

  /** Of the authenticator app, or a recovery code; asked for by `second-factor-required`. A wrong one uses up the link. */
  @Optional()
  @Line(40, { example: '123456' })
  code?: string;
}

export class ChangeAddress {
  /** The address to sign in with from now on; it is yours once you confirm the mail sent there. */
  @EmailAddress({ example: 'marijke@nieuw.example' })
  email: string;

  /** The password of now, once more. */
  @Password()
  password: string;
}
