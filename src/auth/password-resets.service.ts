import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { Audit } from '../audit/audit.js';
import type { Origin } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { Jobs } from '../jobs/jobs.js';
import { MailRequests } from '../users/mail-requests.js';
import { OneTimeTokens } from '../users/one-time-tokens.js';
import { parseSecretCode } from '../users/secret-code.js';
import { User } from '../users/user.entity.js';
import { Credential } from './credential.entity.js';
import { Logins } from './logins.js';
import { NewPasswords } from './new-passwords.js';
import type { AskForMail } from './one-time-links.dto.js';
import { linkNotUsable } from './one-time-links.errors.js';

/** A way back in for who forgot their password, and a way to shut out who should not have known it. */
@Injectable()
export class PasswordResetsService {
  constructor(
    private readonly tenant: Tenant,
    private readonly requests: MailRequests,
    private readonly tokens: OneTimeTokens,
    private readonly newPasswords: NewPasswords,
    private readonly logins: Logins,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  ask(input: AskForMail, origin: Origin): Promise<void> {
    return this.requests.write('password_reset', input, origin);
  }

  /**
   * Whoever was signed in is not any more, nor do links work that were mailed before. It signs nobody in:
   * the mailbox alone is one factor, and a second one is asked for at the next sign-in as before.
   * @throws Problem 404 `link-not-usable`
   */
  async reset(text: string, password: string, origin: Origin): Promise<void> {
    const code = parseSecretCode(text);
    if (!code) throw linkNotUsable();
    const actor = { practiceId: code.practiceId, task: 'password_reset', origin } as const;
    await this.tenant.change(actor, async (tx) => {
      const user = await this.userOf(tx, code.hash);
      const { practiceId } = tx;
      const now = this.clock.now();
      const passwordHash = await this.newPasswords.take(tx, password, { ...user, hasSecondFactor: false });
      await tx.manager.update(Credential, { practiceId, userId: user.id }, { passwordHash, changedAt: now });
      await this.logins.endAll(tx, user.id, 'password');
      await this.tokens.revoke(tx, user.id, ['password_reset', 'mail_sign_in']);
      await this.jobs.enqueue(tx, 'mail-password-changed', { practiceId, userId: user.id });
      this.audit.record(tx, { event: 'password.reset', objectType: 'user', objectId: user.id });
    });
  }

  private async userOf(tx: Tx, hash: Buffer): Promise<User> {
    const token = await this.tokens.take(tx, 'password_reset', hash);
    if (!token) throw linkNotUsable();
    const { practiceId, userId } = token;
    // Held: a login that begins at this moment was there before, or waits until this is done.
    const user = await tx.manager.findOneOrFail(User, {
      where: { practiceId, id: userId! },
      lock: { mode: 'pessimistic_write' },
    });
    if (user.isDisabled || !token.wasSentTo(user.email)) throw linkNotUsable();
    // Who chose a password since may well have done so because of this very mail.
    const chosenSince = { practiceId, userId: user.id, changedAt: MoreThan(token.createdAt) };
    if (await tx.manager.existsBy(Credential, chosenSince)) throw linkNotUsable();
    return user;
  }
}
