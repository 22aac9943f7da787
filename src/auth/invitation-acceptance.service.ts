import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import type { Origin } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { Client } from '../clients/client.entity.js';
import { Consents } from '../clients/consents.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { whenViolated } from '../database/violation.js';
import { Invitations } from '../users/invitations.js';
import type { OneTimeToken } from '../users/one-time-token.entity.js';
import { parseSecretCode } from '../users/secret-code.js';
import { User } from '../users/user.entity.js';
import { addressInUse, alreadyAccepted, invitationNotUsable } from '../users/user.errors.js';
import type { AcceptInvitation, LoginTokens } from './auth.dto.js';
import { Credential } from './credential.entity.js';
import { Logins } from './logins.js';
import { type Choosing, NewPasswords } from './new-passwords.js';

/** The door through which everybody comes in: an invitation, and a password of their own. */
@Injectable()
export class InvitationAcceptanceService {
  constructor(
    private readonly tenant: Tenant,
    private readonly invitations: Invitations,
    private readonly passwords: NewPasswords,
    private readonly consents: Consents,
    private readonly logins: Logins,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Takes the invitation, sets the password, and signs the person in. */
  async accept(text: string, input: AcceptInvitation, origin: Origin, device?: string): Promise<LoginTokens> {
    const code = parseSecretCode(text);
    if (!code) throw invitationNotUsable();
    const actor = { practiceId: code.practiceId, task: 'invitation', origin } as const;
    const userId = await this.tenant
      .change(actor, async (tx) => {
        const invitation = await this.invitations.take(tx, code.hash);
        const user = invitation.clientId
          ? await this.admitClient(tx, invitation, input)
          : await this.admitUser(tx, invitation);
        const passwordHash = await this.passwords.take(tx, input.password, choosing(user));
        await tx.manager.insert(Credential, {
          practiceId: tx.practiceId,
          userId: user.id,
          passwordHash,
          changedAt: this.clock.now(),
        });
        this.audit.record(tx, { event: 'invitation.accepted', objectType: 'user', objectId: user.id });
        return user.id;
      })
      .catch(whenViolated({ credentials_pkey: alreadyAccepted, users_email_key: addressInUse }));
    return this.logins.begin(code.practiceId, userId, origin, device);
  }

  /** A coach or an admin, who was added by an admin. */
  private async admitUser(tx: Tx, invitation: OneTimeToken): Promise<User> {
    const { practiceId, userId } = invitation;
    const user = await tx.manager.findOneByOrFail(User, { practiceId, id: userId! });
    if (user.isDisabled || !invitation.wasSentTo(user.email)) throw invitationNotUsable();
    return user;
  }

  /** The client's user begins here; until now there was only a file. */
  private async admitClient(tx: Tx, invitation: OneTimeToken, { consent }: AcceptInvitation): Promise<User> {
    const client = await tx.manager.findOneOrFail(Client, {
      where: { practiceId: tx.practiceId, id: invitation.clientId! },
      lock: { mode: 'pessimistic_write' },
    });
    if (client.userId) throw alreadyAccepted();
    if (!client.email || client.isClosed || !invitation.wasSentTo(client.email)) throw invitationNotUsable();
    const user = await this.insertUser(tx, client, client.email);
    client.userId = user.id;
    if (consent) {
      const givenOn = await this.consents.today(tx);
      await this.consents.record(
        tx,
        client,
        { textVersion: consent.textVersion, channel: 'portal', givenOn },
        user.id,
      );
    }
    await tx.manager.save(client);
    return user;
  }

  private async insertUser(tx: Tx, { practiceId, name, language }: Client, email: string): Promise<User> {
    const now = this.clock.now();
    const user = tx.manager.create(User, {
      practiceId,
      id: newId(now),
      name,
      email,
      language,
      roles: ['client'],
      disabledAt: null,
      createdAt: now,
    });
    await tx.manager.insert(User, user);
    return user;
  }
}

/** Nobody has a second factor before they came in. */
const choosing = ({ name, email }: User): Choosing => ({ name, email, hasSecondFactor: false });
