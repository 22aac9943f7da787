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
import type { AskForMail, MailSignInAsked } from './one-time-links.dto.js';
import { linkNotUsable } from './one-time-links.errors.js';

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
    private readonly logins: Logins,
    private readonly audit: Audit,
  ) {}

  /** @returns what the browser keeps: without it the link opens nothing, also for who reads the mail */
  async ask(input: AskForMail, origin: Origin): Promise<MailSignInAsked> {
    const request = randomBytes(32).toString('base64url');
    await this.requests.write('mail_sign_in', input, origin, keptOf(request));
    return { request, expiresIn: VALID_SECONDS };
  }

  /** @throws Problem 404 `link-not-usable`; a link that was opened elsewhere still works in its own browser */
  async take(text: string, request: string, origin: Origin, device?: string): Promise<LoginTokens> {
    const code = parseSecretCode(text);
    if (!code) throw linkNotUsable();
    const { practiceId } = code;
    const userId = await this.tenant.change({ practiceId, task: 'sign_in', origin }, async (tx) => {
      const token = await this.tokens.take(tx, 'mail_sign_in', code.hash, keptOf(request));
      if (!token) throw linkNotUsable();
      const user = await tx.manager.findOneByOrFail(User, { practiceId, id: token.userId! });
      const { mailSignIn } = await this.practices.own(tx);
      if (!mailSignIn || !user.isOnlyClient || user.isDisabled || !token.wasSentTo(user.email)) {
        throw linkNotUsable();
      }
      this.audit.record(tx, { event: 'mail-sign-in.used', objectType: 'user', objectId: user.id });
      return user.id;
    });
    return this.logins.begin(practiceId, userId, origin, device);
  }
}
