import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan, MoreThanOrEqual } from 'typeorm';
import { Audit } from '../audit/audit.js';
import { type Origin, type Person, taskFor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { Client } from '../clients/client.entity.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { whenViolated } from '../database/violation.js';
import { Jobs } from '../jobs/jobs.js';
import { AddressChange } from '../users/address-change.entity.js';
import { OneTimeTokens } from '../users/one-time-tokens.js';
import { parseSecretCode } from '../users/secret-code.js';
import { User } from '../users/user.entity.js';
import { addressInUse } from '../users/user.errors.js';
import { Credential } from './credential.entity.js';
import type { ChangeAddress } from './one-time-links.dto.js';
import { addressUnchanged, linkNotUsable, passwordNotRight } from './one-time-links.errors.js';
import { Logins } from './logins.js';
import { Passwords } from './passwords.js';

/** Signing in with another address: confirmed on the new one, told to the old one, which can take it back. */
@Injectable()
export class AddressChangesService {
  constructor(
    private readonly tenant: Tenant,
    private readonly tokens: OneTimeTokens,
    private readonly passwords: Passwords,
    private readonly logins: Logins,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Whether the new address is somebody's already is not told here: only who reads its mail hears that. */
  async ask(person: Person, { email, password }: ChangeAddress): Promise<void> {
    await this.expectPassword(person, password);
    await this.tenant.once(
      taskFor(person, 'address_change'),
      async (tx) => {
        const { practiceId } = tx;
        const { userId } = person;
        const user = await this.hold(tx, userId);
        if (user.email === email) throw addressUnchanged();
        const now = this.clock.now();
        await tx.manager.update(
          AddressChange,
          { practiceId, userId, confirmedAt: IsNull(), cancelledAt: IsNull() },
          { cancelledAt: now },
        );
        const change = { practiceId, id: newId(now), userId, oldEmail: user.email, newEmail: email };
        await tx.manager.insert(AddressChange, { ...change, requestedAt: now });
        await this.jobs.enqueue(tx, 'mail-address-change', { practiceId, addressChangeId: change.id });
        await this.jobs.enqueue(tx, 'mail-address-change-notice', { practiceId, addressChangeId: change.id });
        this.audit.record(tx, { event: 'address_change.asked', objectType: 'user', objectId: userId });
        return { id: change.id };
      },
      (_, id) => Promise.resolve({ id }),
    );
  }

  /** @throws Problem 404 `link-not-usable`, 409 `address-in-use` */
  async confirm(text: string, origin: Origin): Promise<void> {
    await this.take(text, 'address_change', origin, async (tx, change, user) => {
      if (!change.isPending || user.email !== change.oldEmail) throw linkNotUsable();
      if (await this.hasNewPassword(tx, change)) throw linkNotUsable();
      change.confirm(this.clock.now());
      await tx.manager.save(change);
      await this.move(tx, user, change.newEmail, 'address.changed');
    });
  }

  /**
   * Whoever asked for the change knew the password, so that one opens nothing any more either. The oldest
   * address has the last word: what was asked for since is taken back with it.
   * @throws Problem 404 `link-not-usable`, 409 `address-in-use` when somebody else has the old address by now
   */
  async cancel(text: string, origin: Origin): Promise<void> {
    const passwordHash = await this.passwords.hash(randomUUID());
    await this.take(text, 'address_change_cancellation', origin, async (tx, change, user) => {
      if (change.cancelledAt) throw linkNotUsable();
      const { practiceId } = tx;
      const { id: userId } = user;
      const now = this.clock.now();
      const since = { practiceId, userId, id: MoreThanOrEqual(change.id), cancelledAt: IsNull() };
      await tx.manager.update(AddressChange, since, { cancelledAt: now });
      await tx.manager.update(Credential, { practiceId, userId }, { passwordHash, changedAt: now });
      await this.logins.endAll(tx, userId, 'revoked');
      await this.jobs.enqueue(tx, 'mail-password-reset', { practiceId, userId });
      await this.move(tx, user, change.oldEmail, 'address_change.cancelled');
    });
  }

  private async take(
    text: string,
    purpose: 'address_change' | 'address_change_cancellation',
    origin: Origin,
    work: (tx: Tx, change: AddressChange, user: User) => Promise<void>,
  ): Promise<void> {
    const code = parseSecretCode(text);
    if (!code) throw linkNotUsable();
    const { practiceId } = code;
    await this.tenant
      .change({ practiceId, task: 'address_change', origin }, async (tx) => {
        const token = await this.tokens.take(tx, purpose, code.hash);
        if (!token) throw linkNotUsable();
        const user = await this.hold(tx, token.userId!);
        if (user.isDisabled) throw linkNotUsable();
        const id = token.addressChangeId!;
        await work(tx, await tx.manager.findOneByOrFail(AddressChange, { practiceId, id }), user);
      })
      .catch(whenViolated({ users_email_key: addressInUse }));
  }

  /** The address in the client's file goes along where it is the one that the client signs in with. */
  private async move(tx: Tx, user: User, email: string, event: string): Promise<void> {
    const { practiceId } = tx;
    const file = await tx.manager.findOneBy(Client, { practiceId, userId: user.id });
    if (file?.email === user.email) {
      file.email = email;
      await tx.manager.save(file);
    }
    user.email = email;
    await tx.manager.save(user);
    const about = { objectType: 'user', objectId: user.id, ...(file && { clientId: file.id }) };
    this.audit.record(tx, { event, ...about });
  }

  /** Who chose a password since may well have done so because somebody else knew the one it was asked with. */
  private hasNewPassword(tx: Tx, { practiceId, userId, requestedAt }: AddressChange): Promise<boolean> {
    return tx.manager.existsBy(Credential, { practiceId, userId, changedAt: MoreThan(requestedAt) });
  }

  private async expectPassword(person: Person, password: string): Promise<void> {
    const { practiceId, userId } = person;
    const task = taskFor(person, 'address_change');
    const { passwordHash } = await this.tenant.read(task, (tx) =>
      tx.manager.findOneByOrFail(Credential, { practiceId, userId }),
    );
    const [fits] = await this.passwords.verifyEach([passwordHash], password, 1);
    if (fits) return;
    await this.audit.witness(person, {
      event: 'address_change.asked',
      outcome: 'refused',
      objectType: 'user',
      objectId: userId,
    });
    throw passwordNotRight();
  }

  private hold({ manager, practiceId }: Tx, id: string): Promise<User> {
    const lock = { mode: 'pessimistic_write' } as const;
    return manager.findOneOrFail(User, { where: { practiceId, id }, lock });
  }
}
