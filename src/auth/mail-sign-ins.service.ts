import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import type { Origin } from '../common/actor.js';
import { Tenant } from '../database/tenant.js';
import { PracticesService } from '../practices/practices.service.js';
import { MailRequests } from '../users/mail-requests.js';
import { OneTimeTokens } from '../users/one-time-tokens.js';
import { parseSecretCode } from '../users/secret-code.js';
import { User } from '../users/user.entity.js';
import type { LoginTokens } from './auth.dto.js';
import { Logins } from './logins.js';
import type { AskForMail, MailSignInAsked, TakeMailSignIn } from './one-time-links.dto.js';
import { linkNotUsable } from './one-time-links.errors.js';
import { SecondFactorAtSignIn } from './second-factor/second-factor-at-sign-in.js';

const VALID_SECONDS = 600;
const keptOf = (request: string): Buffer => createHash('sha256').update(request).digest();

/** Clients without a password at hand: a link in a mail, for the browser that asked and no other. */
@Injectable()
export class MailSignInsService {
  constructor(
    private readonly tenant: Tenant,
    private readonly requests: MailRequests,
    private readonly tokens: OneTimeTokens,
    private readonly practices: PracticesService,
    private readonly secondFactor: SecondFactorAtSignIn,
    private readonly logins: Logins,
    private readonly audit: Audit,
  ) {}

  /** @returns what the browser keeps: without it the link opens nothing, also for who reads the mail */
  async ask(input: AskForMail, origin: Origin): Promise<MailSignInAsked> {
    const request = randomBytes(32).toString('base64url');
    await this.requests.write('mail_sign_in', input, origin, keptOf(request));
    return { request, expiresIn: VALID_SECONDS };
  }

  /**
   * A link that was opened elsewhere still works in its own browser, and so does one that came without the code of
   * the second factor; a wrong code uses it up.
   * @throws Problem 404 `link-not-usable`, 401 `second-factor-required`, `second-factor-refused`
   */
  async take(
    text: string,
    { request, code }: TakeMailSignIn,
    origin: Origin,
    device?: string,
  ): Promise<LoginTokens> {
    const link = parseSecretCode(text);
    if (!link) throw linkNotUsable();
    const { practiceId } = link;
    const { userId, refusal } = await this.tenant.change(
      { practiceId, task: 'sign_in', origin },
      async (tx) => {
        const token = await this.tokens.take(tx, 'mail_sign_in', link.hash, keptOf(request));
        if (!token) throw linkNotUsable();
        const user = await tx.manager.findOneByOrFail(User, { practiceId, id: token.userId! });
        const { mailSignIn } = await this.practices.own(tx);
        if (!mailSignIn || !user.isOnlyClient || user.isDisabled || !token.wasSentTo(user.email)) {
          throw linkNotUsable();
        }
        const refusal = await this.secondFactor.refusalOf(tx, user.id, { code });
        if (refusal && code === undefined) throw refusal;
        if (!refusal) {
          this.audit.record(tx, { event: 'mail_sign_in.used', objectType: 'user', objectId: user.id });
        }
        return { userId: user.id, refusal };
      },
    );
    if (refusal) throw refusal;
    return this.logins.begin(practiceId, userId, origin, device);
  }
}
