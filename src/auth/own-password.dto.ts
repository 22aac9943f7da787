import { NewPassword, Password } from '../common/password-fields.js';

export class ChangePassword {
  /** The one that holds now. */
  @Password({ example: 'een-lange-wachtzin-die-je-onthoudt' })
  current: string;

  /** At least 15 characters, or 10 beside a second factor; a few unrelated words are the easy way. */
  @NewPassword({ minLength: 10, example: 'vlinder viool kanalen schelp waterval molen' })
  password: string;
}
