import { Line, WholeNumber } from '../common/fields.js';

export class PassphraseView {
  /** Words drawn by chance, in the language that was asked for; nobody keeps them. */
  @Line(120, { example: 'vlinder viool kanalen schelp waterval molen' })
  passphrase: string;

  /** How many bits of chance it holds: a guesser needs two to this power attempts. */
  @WholeNumber(64, 128)
  bits: number;
}
