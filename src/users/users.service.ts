import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Audit } from '../audit/audit.js';
import type { Person, Role } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { fromCursor, type Page, pageOf, UUID } from '../common/page.js';
import { notFound } from '../common/problems.js';
import { expectVersion } from '../common/version.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { whenViolated } from '../database/violation.js';
import { Jobs } from '../jobs/jobs.js';
import { Login } from './login.entity.js';
import type { AddUser, ChangeUser, UserQuery } from './user.dto.js';
import { User } from './user.entity.js';
import {
  addressInUse,
  alreadyAccepted,
  clientRoleByInvitation,
  coachHasClients,
  lastAdmin,
} from './user.errors.js';
import { countClientsOf, countOtherAdmins, endKeysOf, holdPractice, usersPage } from './user.queries.js';

/** The people who sign in to a practice, as its admin manages them. */
@Injectable()
export class UsersService {
  constructor(
    private readonly tenant: Tenant,
    private readonly audit: Audit,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  /** Adds a user and sends the invitation with which they choose a password. */
  add(person: Person, input: AddUser): Promise<User> {
    return this.tenant
      .once(
        person,
        async (tx) => {
          const user = await this.insert(tx, input);
          await this.jobs.enqueue(tx, 'mail-invitation', { practiceId: tx.practiceId, userId: user.id });
          this.audit.record(tx, { event: 'user.added', objectType: 'user', objectId: user.id });
          return user;
        },
        (tx, id) => this.load(tx, id),
      )
      .catch(whenViolated({ users_email_key: addressInUse }));
  }

  async list(person: Person, { role, limit, cursor }: UserQuery): Promise<Page<User>> {
    const after = cursor ? fromCursor(cursor, [UUID])[0] : null;
    const users = await this.tenant.read(person, (tx) => usersPage(tx, { role, after, limit: limit + 1 }));
    await this.audit.witness(person, { event: 'users.listed', rowCount: Math.min(users.length, limit) });
    return pageOf(
      users,
      limit,
      ({ id }) => [id],
      (user) => user,
    );
  }

  async read(person: Person, id: string): Promise<User> {
    const user = await this.tenant.read(person, (tx) => this.load(tx, id));
    await this.audit.witness(person, { event: 'user.read', objectType: 'user', objectId: id });
    return user;
  }

  /** @throws Problem 409 where the practice would be left without an admin, or clients without their coach */
  change(person: Person, id: string, input: ChangeUser, version?: number): Promise<User> {
    return this.tenant.change(person, async (tx) => {
      const user = await this.hold(tx, id);
      expectVersion(user, version);
      if (input.roles) {
        await this.refuseRoles(tx, user, input.roles);
        if (!sameRoles(user.roles, input.roles)) await endKeysOf(tx, id, this.clock.now());
      }
      const changed = await tx.manager.save(Object.assign(user, input));
      this.audit.record(tx, { event: 'user.changed', objectType: 'user', objectId: id });
      return changed;
    });
  }

  /** Mails the invitation again, to who has not signed in yet; the code of an earlier mail stops working. */
  invite(person: Person, id: string): Promise<User> {
    return this.tenant.once(
      person,
      async (tx) => {
        const user = await this.load(tx, id, 'for update');
        if (await tx.manager.existsBy(Login, { practiceId: tx.practiceId, userId: id }))
          throw alreadyAccepted();
        await this.jobs.enqueue(tx, 'mail-invitation', { practiceId: tx.practiceId, userId: id });
        this.audit.record(tx, { event: 'user.invited', objectType: 'user', objectId: id });
        return user;
      },
      (tx) => this.load(tx, id),
    );
  }

  /** Ends every login of the user at once and lets them in no more. */
  disable(person: Person, id: string): Promise<User> {
    return this.tenant.once(
      person,
      async (tx) => {
        const user = await this.hold(tx, id);
        if (user.roles.includes('admin')) await this.keepAnAdmin(tx, user);
        const now = this.clock.now();
        user.disable(now);
        await tx.manager.update(
          Login,
          { practiceId: tx.practiceId, userId: id, endedAt: IsNull() },
          { endedAt: now, endedBecause: 'disabled' },
        );
        this.audit.record(tx, { event: 'user.disabled', objectType: 'user', objectId: id });
        return tx.manager.save(user);
      },
      (tx) => this.load(tx, id),
    );
  }

  enable(person: Person, id: string): Promise<User> {
    return this.tenant.once(
      person,
      async (tx) => {
        const user = await this.load(tx, id, 'for update');
        user.enable();
        this.audit.record(tx, { event: 'user.enabled', objectType: 'user', objectId: id });
        return tx.manager.save(user);
      },
      (tx) => this.load(tx, id),
    );
  }

  private async insert(tx: Tx, { name, email, roles, language }: AddUser): Promise<User> {
    const now = this.clock.now();
    const user = tx.manager.create(User, {
      practiceId: tx.practiceId,
      id: newId(now),
      name,
      email,
      roles,
      language: language ?? 'nl',
      disabledAt: null,
      createdAt: now,
    });
    await tx.manager.insert(User, user);
    return user;
  }

  /** Loads a user whose standing may change, one such change at a time: two admins cannot each remove the other. */
  private async hold(tx: Tx, id: string): Promise<User> {
    await holdPractice(tx);
    return this.load(tx, id, 'for update');
  }

  private async load(tx: Tx, id: string, lock?: 'for update'): Promise<User> {
    const user = await tx.manager.findOne(User, {
      where: { practiceId: tx.practiceId, id },
      ...(lock && { lock: { mode: 'pessimistic_write' } }),
    });
    if (!user) throw notFound();
    return user;
  }

  private async refuseRoles(tx: Tx, user: User, roles: readonly Role[]): Promise<void> {
    if (roles.includes('client') !== user.roles.includes('client')) throw clientRoleByInvitation();
    if (user.roles.includes('admin') && !roles.includes('admin')) await this.keepAnAdmin(tx, user);
    if (user.roles.includes('coach') && !roles.includes('coach') && (await countClientsOf(tx, user.id)) > 0) {
      throw coachHasClients();
    }
  }

  private async keepAnAdmin(tx: Tx, user: User): Promise<void> {
    if ((await countOtherAdmins(tx, user.id)) === 0) throw lastAdmin();
  }
}

const sameRoles = (some: readonly Role[], others: readonly Role[]): boolean =>
  some.length === others.length && some.every((role) => others.includes(role));
