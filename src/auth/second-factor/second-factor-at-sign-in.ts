import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import type { Origin } from '../../common/actor.js';
import type { Problem } from '../../common/problem.js';
import { Tenant } from '../../database/tenant.js';
import type { Tx } from '../../database/tx.js';
import { PasskeyAssertions } from '../passkeys/passkey-assertions.js';
import type { PasskeyAssertion } from '../passkeys/passkey.dto.js';
import { secondFactorRefused, secondFactorRequired } from './second-factor.errors.js';
import { SecondFactors } from './second-factors.js';

/** What somebody sends beside the password. */
export interface GivenFactor {
  readonly code?: string;
  readonly passkey?: PasskeyAssertion;
}

/** The second step of signing in with a password. */
@Injectable()
export class SecondFactorAtSignIn {
  constructor(
    private readonly tenant: Tenant,
    private readonly factors: SecondFactors,
    private readonly passkeys: PasskeyAssertions,
    private readonly audit: Audit,
  ) {}

  /**
   * Lets pass who has no second factor, or shows it. Ask only when the password was right.
   * @throws Problem 401 `second-factor-required`, `second-factor-refused`
   */
  async demand(
    { practiceId, userId }: { practiceId: string; userId: string },
    given: GivenFactor,
    origin: Origin,
  ): Promise<void> {
    const actor = { practiceId, task: 'sign_in', origin } as const;
    // A refusal is told after the transaction, which keeps its trace and the code that it used up.
    const refusal = await this.tenant.change(actor, (tx) => this.refusalOf(tx, userId, given));
    if (refusal) throw refusal;
  }

  /** Why this does not do, if it does not; in a transaction that is kept, for the sake of its trace. */
  async refusalOf(tx: Tx, userId: string, { code, passkey }: GivenFactor): Promise<Problem | undefined> {
    const kinds = await this.factors.kindsOf(tx, userId);
    if (kinds.length === 0) return undefined;
    if (passkey)
      return (await this.passkeys.verify(tx, userId, passkey)) ? undefined : this.refuse(tx, userId);
    if (code === undefined) return secondFactorRequired(kinds);
    return (await this.factors.verify(tx, userId, code)) ? undefined : secondFactorRefused();
  }

  private refuse(tx: Tx, userId: string): Problem {
    this.audit.record(tx, {
      event: 'second_factor.refused',
      ground: 'passkey',
      outcome: 'refused',
      objectType: 'user',
      objectId: userId,
    });
    return secondFactorRefused();
  }
}
