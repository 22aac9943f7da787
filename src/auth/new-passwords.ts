import { Injectable } from '@nestjs/common';
import { invalidInput } from '../common/problems.js';
import type { Tx } from '../database/tx.js';
import { Practice } from '../practices/practice.entity.js';
import { wordsAbout, weaknessOf } from './password-strength.js';
import { Passwords } from './passwords.js';

/** Who chooses a password, as far as it matters for how good it must be. */
export interface Choosing {
  readonly name: string;
  readonly email: string;
  /** Beside a second factor a shorter password will do. */
  readonly hasSecondFactor: boolean;
}

/** Takes the passwords that people choose, wherever they do: by an invitation, after a reset, or in between. */
@Injectable()
export class NewPasswords {
  constructor(private readonly passwords: Passwords) {}

  /**
   * @returns the hash to keep
   * @throws Problem 422 with advice at `/password`, for one that is too short, common, or close to the person
   */
  async take(tx: Tx, password: string, { name, email, hasSecondFactor }: Choosing): Promise<string> {
    const practice = await tx.manager.findOneByOrFail(Practice, { id: tx.practiceId });
    const chosen = password.normalize('NFC');
    const personal = wordsAbout({ name, email }, practice);
    const detail = weaknessOf(chosen, { hasSecondFactor, personal });
    if (detail) throw invalidInput([{ pointer: '/password', detail }]);
    return this.passwords.hash(chosen);
  }
}
