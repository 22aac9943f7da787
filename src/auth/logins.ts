import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { SecurityLog } from '../audit/security-log.js';
import type { Origin, SystemTask } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { Client } from '../clients/client.entity.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { Login } from '../users/login.entity.js';
import { newSecretCode, parseSecretCode } from '../users/secret-code.js';
import { User } from '../users/user.entity.js';
import { ACCESS_SECONDS, AccessTokens } from './access-tokens.js';
import type { LoginTokens } from './auth.dto.js';
import { credentialsRefused, refreshRefused } from './auth.errors.js';
import { NewDevices } from './new-devices.js';
import { RefreshToken } from './refresh-token.entity.js';

const REFRESH_DAYS = 30;
const DEVICE_LENGTH = 200;

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
    private readonly newDevices: NewDevices,
    private readonly clock: Clock,
  ) {}

  /** Begins a login for a user whose password, or invitation, was found right. */
  async begin(practiceId: string, userId: string, origin: Origin, device?: string): Promise<LoginTokens> {
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
        endedAt: null,
        endedBecause: null,
      });
      await tx.manager.insert(Login, login);
      // Read behind the insert, which waits for a disabling under way: no login slips in beside it.
      const user = await tx.manager.findOneBy(User, { practiceId, id: userId });
      if (!user || user.isDisabled) throw credentialsRefused();
      await this.newDevices.tell(tx, login);
      this.audit.record(tx, { event: 'login.begun', objectType: 'user', objectId: userId });
      return this.hold(tx, user, login.id);
    });
    return this.tell(held);
  }

  /**
   * The next pair of tokens for a refresh token. One that was used before ends its whole login: either the
   * thief or the owner has a copy, and nobody can tell which (RFC 9700, section 4.14).
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
      return token.usedAt ? this.endReused(tx, login) : this.rotate(tx, token, login);
    });
    return held ? this.tell(held) : this.refuse(origin);
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

  private async rotate(tx: Tx, token: RefreshToken, login: Login): Promise<Held | undefined> {
    const now = this.clock.now();
    const user = await tx.manager.findOneBy(User, { practiceId: login.practiceId, id: login.userId });
    if (login.endedAt || token.expiresAt <= now || !user || user.isDisabled) return undefined;
    token.usedAt = now;
    login.lastSeenAt = now;
    await tx.manager.save([token, login]);
    return this.hold(tx, user, login.id);
  }

  /** A practice that a refused code names is anybody's claim: it is noted outside of any. */
  private async refuse(origin: Origin): Promise<never> {
    await this.securityLog.write(origin, 'refresh.refused');
    throw refreshRefused();
  }

  private async hold(tx: Tx, user: User, loginId: string): Promise<Held> {
    const now = this.clock.now();
    const { code, hash } = newSecretCode(tx.practiceId);
    await tx.manager.insert(RefreshToken, {
      practiceId: tx.practiceId,
      id: newId(now),
      loginId,
      hash,
      issuedAt: now,
      expiresAt: new Date(now.getTime() + REFRESH_DAYS * 86_400_000),
      usedAt: null,
    });
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
