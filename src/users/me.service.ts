import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Audit } from '../audit/audit.js';
import type { Person } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { notFound } from '../common/problems.js';
import { expectVersion } from '../common/version.js';
import { Settings } from '../config/settings.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { Login } from './login.entity.js';
import type { ChangeMe, OwnConsentStanding } from './user.dto.js';
import { User } from './user.entity.js';
import { consentStanding, endOtherLoginsOf, loginsOf } from './user.queries.js';

/** A person, and how their consent stands where they are a client. */
export interface Me {
  readonly user: User;
  readonly consent?: OwnConsentStanding;
}

/** A person's own profile, and where they are signed in. */
@Injectable()
export class MeService {
  constructor(
    private readonly tenant: Tenant,
    private readonly audit: Audit,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  read(person: Person): Promise<Me> {
    return this.tenant.read(person, async (tx) => {
      const [user, consent] = await Promise.all([
        tx.manager.findOneByOrFail(User, this.own(person)),
        this.consentOf(tx, person),
      ]);
      return { user, consent };
    });
  }

  change(person: Person, input: ChangeMe, version?: number): Promise<Me> {
    return this.tenant.change(person, async (tx) => {
      const user = await tx.manager.findOneOrFail(User, {
        where: this.own(person),
        lock: { mode: 'pessimistic_write' },
      });
      expectVersion(user, version);
      this.audit.record(tx, { event: 'profile.changed', objectType: 'user', objectId: user.id });
      const changed = await tx.manager.save(Object.assign(user, input));
      return { user: changed, consent: await this.consentOf(tx, person) };
    });
  }

  /** The logins that stand, newest first. */
  logins(person: Person): Promise<Login[]> {
    const now = this.clock.now().getTime();
    const seenAfter = new Date(now - this.settings.loginIdleMs);
    const begunAfter = new Date(now - this.settings.loginLifetimeMs);
    return this.tenant.read(person, (tx) => loginsOf(tx, person.userId, { seenAfter, begunAfter }));
  }

  /** Ends every login of one's own but the one that asks. */
  endOtherLogins(person: Person): Promise<void> {
    return this.tenant.change(person, async (tx) => {
      const ended = await endOtherLoginsOf(tx, person, this.clock.now());
      this.audit.record(tx, {
        event: 'logins.ended',
        ground: 'revoked',
        objectType: 'user',
        objectId: person.userId,
        rowCount: ended,
      });
    });
  }

  /** Ends a login of one's own; its next request fails, on every server. */
  endLogin(person: Person, loginId: string, because: 'logout' | 'revoked'): Promise<void> {
    return this.tenant.change(person, async (tx) => {
      const login = await tx.manager.findOne(Login, {
        where: { practiceId: person.practiceId, userId: person.userId, id: loginId, endedAt: IsNull() },
        lock: { mode: 'pessimistic_write' },
      });
      if (!login) throw notFound();
      login.end(because, this.clock.now());
      await tx.manager.save(login);
      this.audit.record(tx, {
        event: 'login.ended',
        ground: because,
        objectType: 'login',
        objectId: loginId,
      });
    });
  }

  private async consentOf(tx: Tx, { clientId }: Person): Promise<OwnConsentStanding | undefined> {
    return clientId === undefined ? undefined : consentStanding(tx, clientId);
  }

  private own({ practiceId, userId }: Person): { practiceId: string; id: string } {
    return { practiceId, id: userId };
  }
}
