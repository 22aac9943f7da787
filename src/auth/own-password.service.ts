import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { type Person, taskFor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { Jobs } from '../jobs/jobs.js';
import { Login } from '../users/login.entity.js';
import { OneTimeTokens } from '../users/one-time-tokens.js';
import { User } from '../users/user.entity.js';
import { SecondFactors } from './second-factor/second-factors.js';
import { passwordWrong } from './auth.errors.js';
import { Credential } from './credential.entity.js';
import { Logins } from './logins.js';
import { NewPasswords } from './new-passwords.js';
import type { ChangePassword } from './own-password.dto.js';
import { Reauthentication } from './reauthentication.js';

/** A person's own password. */
@Injectable()
export class OwnPasswordService {
  constructor(
    private readonly tenant: Tenant,
    private readonly reauthentication: Reauthentication,
    private readonly passwords: NewPasswords,
    private readonly logins: Logins,
    private readonly tokens: OneTimeTokens,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly factors: SecondFactors,
    private readonly clock: Clock,
  ) {}

  /**
   * Whoever opened something with the old password, or with a login of that time, is out from the next request on; nor
   * does a link open anything that was mailed before. The person is told by mail, in case it was somebody else.
   */
  async change(person: Person, { current, password }: ChangePassword): Promise<void> {
    const passwordHash = await this.reauthentication.expectPassword(person, current, '/current');
    const { practiceId, userId, loginId } = person;
    await this.tenant.change(taskFor(person, 'sign_in'), async (tx) => {
      const user = await tx.manager.findOneByOrFail(User, { practiceId, id: userId });
      const { name, email } = user;
      const hasSecondFactor = await this.factors.has(tx, userId);
      const hash = await this.passwords.take(tx, password, { name, email, hasSecondFactor });
      await this.replace(tx, { practiceId, userId, passwordHash }, hash);
      await this.logins.endAll(tx, userId, 'password', loginId);
      await this.tokens.revoke(tx, userId, ['mail_sign_in']);
      await this.jobs.enqueue(tx, 'mail-password-changed', { practiceId, userId });
      // Beside a second factor the password alone is half a proof, and opens nothing that wants a whole one.
      if (!hasSecondFactor) {
        await tx.manager.update(Login, { practiceId, id: loginId }, { authenticatedAt: this.clock.now() });
      }
      this.audit.record(tx, { event: 'password.changed', objectType: 'user', objectId: userId });
    });
  }

  /** @throws Problem 422 when another window was first: what was given as the current one no longer is */
  private async replace(
    tx: Tx,
    held: { practiceId: string; userId: string; passwordHash: string },
    passwordHash: string,
  ): Promise<void> {
    const { affected } = await tx.manager.update(Credential, held, {
      passwordHash,
      changedAt: this.clock.now(),
    });
    if (affected === 0) throw passwordWrong('/current');
  }
}
