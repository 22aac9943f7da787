import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { SecurityLog } from '../audit/security-log.js';
import type { Origin, SystemTask } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { Client } from '../clients/client.entity.js';
import { Settings } from '../config/settings.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { Jobs } from '../jobs/jobs.js';
import { Login, type LoginEnd } from '../users/login.entity.js';
import { newSecretCode, parseSecretCode } from '../users/secret-code.js';
import { User } from '../users/user.entity.js';
import { ACCESS_SECONDS, AccessTokens } from './access-tokens.js';
import type { LoginTokens } from './auth.dto.js';
import { credentialsRefused, refreshRefused } from './auth.errors.js';
import { type Arrival, arrivalOf, endLogins } from './login.queries.js';
import { Credential } from './credential.entity.js';
import { RefreshToken } from './refresh-token.entity.js';

const DEVICE_LENGTH = 200;

/** A refresh token as it is handed out, and as it is kept. */
interface Minted {
  readonly code: string;
  readonly hash: Buffer;
}

/** Somebody's login, and the refresh token they hold for it now. */
interface Held {
  readonly user: User;
  readonly loginId: string;
  readonly refreshToken: string;
  readonly clientId?: string;
}

/** Logins: one per sign-in and device, kept alive by refresh tokens that each work once. */
@Injectable()
export class Logins {
  constructor(
    private readonly tenant: Tenant,
    private readonly tokens: AccessTokens,
    private readonly audit: Audit,
    private readonly securityLog: SecurityLog,
    private readonly settings: Settings,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  /**
   * Begins a login for a user whose password, or invitation, was found right.
   * @param passwordHash what a password was found to fit; if it is another by now, the password was changed meanwhile
   */
  async begin(
    practiceId: string,
    userId: string,
    origin: Origin,
    device?: string,
    passwordHash?: string,
  ): Promise<LoginTokens> {
    const held = await this.tenant.change(signIn(practiceId, origin), async (tx) => {
      const now = this.clock.now();
      const login = tx.manager.create(Login, {
        practiceId,
        id: newId(now),
        userId,
        device: device?.slice(0, DEVICE_LENGTH) ?? null,
        address: origin.address ?? null,
        createdAt: now,
        lastSeenAt: now,
        authenticatedAt: now,
        endedAt: null,
        endedBecause: null,
      });
      const arrival = await arrivalOf(tx, login);
      await tx.manager.insert(Login, login);
      // Read behind the insert, which waits for a disabling or a new password under way: no login slips in beside it.
      const user = await tx.manager.findOneBy(User, { practiceId, id: userId });
      if (!user || user.isDisabled) throw credentialsRefused();
      const fitted = { practiceId, userId, passwordHash };
      if (passwordHash && !(await tx.manager.existsBy(Credential, fitted))) throw credentialsRefused();
      await this.tellOf(tx, login, arrival);
      const first = newSecretCode(practiceId);
      await this.keep(tx, login, first);
      return this.hold(tx, user, login.id, first);
    });
    return this.tell(held);
  }

  /**
   * The next pair of tokens for a refresh token. One that was used before ends its whole login: either the
   * thief or the owner has a copy, and nobody can tell which (RFC 9700, section 4.14). But for ten seconds, and
   * once, the same question has the same answer: two windows may ask at one moment, or an answer be lost on its way.
   */
  async refresh(refreshToken: string, origin: Origin): Promise<LoginTokens> {
    const code = parseSecretCode(refreshToken);
    if (!code) return this.refuse(origin);
    const held = await this.tenant.change(signIn(code.practiceId, origin), async (tx) => {
      const token = await tx.manager.findOne(RefreshToken, {
        where: { practiceId: code.practiceId, hash: code.hash },
        lock: { mode: 'pessimistic_write' },
      });
      if (!token) return undefined;
      const login = await tx.manager.findOneByOrFail(Login, {
        practiceId: code.practiceId,
        id: token.loginId,
      });
      const next = this.successorOf(refreshToken, tx.practiceId);
      return token.usedAt ? this.repeat(tx, token, login, next) : this.rotate(tx, token, login, next);
    });
    return held ? this.tell(held) : this.refuse(origin);
  }

  /** Ends every login of a user but one, and with them every key they made: what an old password opened is closed. */
  async endAll(tx: Tx, userId: string, because: LoginEnd, exceptLoginId?: string): Promise<void> {
    const ended = await endLogins(tx, { userId, because, exceptLoginId, at: this.clock.now() });
    if (ended === 0) return;
    this.audit.record(tx, {
      event: 'logins.ended',
      ground: because,
      objectType: 'user',
      objectId: userId,
      rowCount: ended,
    });
  }

  /** The one place where others hear of a sign-in, and of whether it came from a device that was not seen before. */
  private async tellOf(tx: Tx, { id: loginId, userId }: Login, arrival: Arrival): Promise<void> {
    this.audit.record(tx, { event: 'login.begun', ground: arrival, objectType: 'user', objectId: userId });
    if (arrival === 'new_device')
      await this.jobs.enqueue(tx, 'mail-new-device', { practiceId: tx.practiceId, loginId });
  }

  /** Who holds a refresh token can ask for what follows it again; who does not cannot work it out. */
  private successorOf(refreshToken: string, practiceId: string): Minted {
    const bits = createHmac('sha256', this.settings.refreshKey).update(refreshToken).digest();
    return newSecretCode(practiceId, bits);
  }

  private async repeat(tx: Tx, token: RefreshToken, login: Login, next: Minted): Promise<Held | undefined> {
    const now = this.clock.now();
    const { practiceId } = tx;
    const successor = await tx.manager.findOneBy(RefreshToken, { practiceId, hash: next.hash });
    if (!token.mayBeRepeated(now) || successor?.usedAt) return this.endReused(tx, login);
    const user = await this.standing(tx, login);
    if (!user || !successor) return undefined;
    token.repeatedAt = now;
    await tx.manager.save(token);
    this.audit.record(tx, { event: 'login.refresh_repeated', objectType: 'login', objectId: login.id });
    return this.hold(tx, user, login.id, next);
  }

  private async endReused(tx: Tx, login: Login): Promise<undefined> {
    login.end('reuse', this.clock.now());
    await tx.manager.save(login);
    this.audit.record(tx, {
      event: 'login.ended',
      ground: 'reuse',
      outcome: 'refused',
      objectType: 'user',
      objectId: login.userId,
    });
  }

  private async rotate(tx: Tx, token: RefreshToken, login: Login, next: Minted): Promise<Held | undefined> {
    const now = this.clock.now();
    const user = await this.standing(tx, login);
    if (!user || token.expiresAt <= now) return undefined;
    token.usedAt = now;
    login.lastSeenAt = now;
    await tx.manager.save([token, login]);
    await this.keep(tx, login, next);
    return this.hold(tx, user, login.id, next);
  }

  /** Whose login it is, as long as it stands: not ended, not too old, of somebody who may still sign in. */
  private async standing(tx: Tx, login: Login): Promise<User | undefined> {
    if (login.endedAt || this.endOf(login) <= this.clock.now()) return undefined;
    const user = await tx.manager.findOneBy(User, { practiceId: login.practiceId, id: login.userId });
    return user && !user.isDisabled ? user : undefined;
  }

  /** A refresh token lives as long as its login may stay silent, and not beyond what any login may last. */
  private async keep(tx: Tx, login: Login, { hash }: Minted): Promise<void> {
    const now = this.clock.now();
    const idle = now.getTime() + this.settings.loginIdleMs;
    await tx.manager.insert(RefreshToken, {
      practiceId: tx.practiceId,
      id: newId(now),
      loginId: login.id,
      hash,
      issuedAt: now,
      expiresAt: new Date(Math.min(idle, this.endOf(login).getTime())),
      usedAt: null,
      repeatedAt: null,
    });
  }

  private endOf({ createdAt }: Login): Date {
    return new Date(createdAt.getTime() + this.settings.loginLifetimeMs);
  }

  /** A practice that a refused code names is anybody's claim: it is noted outside of any. */
  private async refuse(origin: Origin): Promise<never> {
    await this.securityLog.write(origin, 'refresh.refused');
    throw refreshRefused();
  }

  private async hold(tx: Tx, user: User, loginId: string, { code }: Minted): Promise<Held> {
    const file = await tx.manager.findOneBy(Client, { practiceId: tx.practiceId, userId: user.id });
    return { user, loginId, refreshToken: code, ...(file && { clientId: file.id }) };
  }

  private tell({ user, loginId, refreshToken, clientId }: Held): LoginTokens {
    const { id, practiceId, name, roles } = user;
    const client = clientId && { client: clientId };
    return {
      accessToken: this.tokens.mint({ sub: id, practice: practiceId, login: loginId, roles, ...client }),
      expiresIn: ACCESS_SECONDS,
      refreshToken,
      user: { id, name, roles, ...(clientId && { clientId }) },
    };
  }
}

const signIn = (practiceId: string, origin: Origin): SystemTask => ({ practiceId, task: 'sign_in', origin });
