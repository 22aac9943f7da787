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
import { parseSecretCode } from '../users/secret-code.js';
import { User } from '../users/user.entity.js';
import { addressInUse, alreadyAccepted, invitationNotUsable } from '../users/user.errors.js';
import type { AcceptInvitation, LoginTokens } from './auth.dto.js';
import { passwordTooShort } from './auth.errors.js';
import { Credential } from './credential.entity.js';
import { Logins } from './logins.js';
import { Passwords } from './passwords.js';

/** Where the password is the only factor (NIST SP 800-63B-4, section 3.1.1.2). */
const LEAST_CHARACTERS = 15;

/** The door through which everybody comes in: an invitation, and a password of their own. */
@Injectable()
export class InvitationAcceptanceService {
  constructor(
    private readonly tenant: Tenant,
    private readonly invitations: Invitations,
    private readonly passwords: Passwords,
    private readonly consents: Consents,
    private readonly logins: Logins,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Takes the invitation, sets the password, and signs the person in. */
  async accept(text: string, input: AcceptInvitation, origin: Origin, device?: string): Promise<LoginTokens> {
    const code = parseSecretCode(text);
    if (!code) throw invitationNotUsable();
    if (Array.from(input.password.normalize('NFC')).length < LEAST_CHARACTERS)
      throw passwordTooShort(LEAST_CHARACTERS);
    const passwordHash = await this.passwords.hash(input.password);
    const actor = { practiceId: code.practiceId, task: 'invitation', origin } as const;
    const userId = await this.tenant
      .change(actor, async (tx) => {
        const invitation = await this.invitations.take(tx, code.hash);
        const user = invitation.clientId
          ? await this.admitClient(tx, invitation.clientId, input)
          : await tx.manager.findOneByOrFail(User, { practiceId: tx.practiceId, id: invitation.userId! });
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

  /** The client's user begins here; until now there was only a file. */
  private async admitClient(tx: Tx, clientId: string, { consent }: AcceptInvitation): Promise<User> {
    const client = await tx.manager.findOneOrFail(Client, {
      where: { practiceId: tx.practiceId, id: clientId },
      lock: { mode: 'pessimistic_write' },
    });
    if (client.userId) throw alreadyAccepted();
    if (!client.email || client.isClosed) throw invitationNotUsable();
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
