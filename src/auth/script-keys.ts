import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { SecurityLog } from '../audit/security-log.js';
import type { Origin, Person } from '../common/actor.js';
import { Client } from '../clients/client.entity.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { notFound } from '../common/problems.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { Throttle } from '../throttling/throttle.js';
import { Login } from '../users/login.entity.js';
import { ScriptKey } from '../users/script-key.entity.js';
import { newSecretCode, parseSecretCode } from '../users/secret-code.js';
import { User } from '../users/user.entity.js';
import { keyRefused } from './auth.errors.js';
import { type StandingKey, standingKeys } from './script-key.queries.js';
import type { MakeKey } from './script-key.dto.js';

/** Tells a key from every other secret, also to who searches code that was published by mistake. */
const PREFIX = 'ademruimte_key_';
const BEARER = new RegExp(`^bearer +(${PREFIX}\\S+)$`, 'i');
const DAYS = 90;

/** A key that was just made, with the secret that is told this once. */
export interface MadeKey extends StandingKey {
  readonly secret?: string;
}

/** Keys with which scripts fetch exports, each in the name of the admin who made it. */
@Injectable()
export class ScriptKeys {
  constructor(
    private readonly tenant: Tenant,
    private readonly audit: Audit,
    private readonly securityLog: SecurityLog,
    private readonly throttle: Throttle,
    private readonly clock: Clock,
  ) {}

  /** Makes a key. Its secret is told now and never again: only the hash is kept. */
  async make(person: Person, { name, scopes, expiresInDays = DAYS }: MakeKey): Promise<MadeKey> {
    return this.tenant.once<MadeKey>(
      person,
      async (tx) => {
        const now = this.clock.now();
        const { practiceId, userId, roles } = person;
        const { code, hash } = newSecretCode(practiceId);
        const expiresAt = new Date(now.getTime() + expiresInDays * 86_400_000);
        const id = newId(now);
        await insertLogin(tx, id, userId, now);
        const key = { practiceId, id, userId, name, scopes, roles: [...roles], hash, expiresAt };
        await tx.manager.insert(ScriptKey, key);
        this.audit.record(tx, { event: 'key.made', objectType: 'key', objectId: id });
        return { id, name, scopes, createdAt: now, expiresAt, lastUsedAt: null, secret: PREFIX + code };
      },
      async (tx, id) => (await standingKeys(tx, person.userId, this.clock.now(), id))[0] ?? gone(),
    );
  }

  /** One's own keys that work, newest first. */
  async list(person: Person): Promise<StandingKey[]> {
    const keys = await this.tenant.read(person, (tx) => standingKeys(tx, person.userId, this.clock.now()));
    await this.audit.witness(person, { event: 'keys.listed', rowCount: keys.length });
    return keys;
  }

  /** From the next request on the key opens nothing, on every server. */
  end(person: Person, id: string): Promise<void> {
    const { practiceId, userId } = person;
    return this.tenant.change(person, async (tx) => {
      const [key] = await standingKeys(tx, userId, this.clock.now(), id);
      if (!key) throw notFound();
      const login = await tx.manager.findOneOrFail(Login, {
        where: { practiceId, id },
        lock: { mode: 'pessimistic_write' },
      });
      login.end('revoked', this.clock.now());
      await tx.manager.save(login);
      this.audit.record(tx, { event: 'key.ended', ground: 'revoked', objectType: 'key', objectId: id });
    });
  }

  /** The key in a header `Authorization`, if there is one. */
  find(authorization: string | undefined): string | undefined {
    return BEARER.exec(authorization ?? '')?.[1];
  }

  /**
   * In whose name a key speaks, and what it is for. Each transaction after this checks once more that its login
   * stands and that its maker is still what they were.
   * @throws Problem 401 `key-refused`, 429 `too-many-attempts`
   */
  async open(secret: string, origin: Origin): Promise<Person> {
    const code = parseSecretCode(secret.slice(PREFIX.length));
    const person =
      code &&
      (await this.tenant.change({ practiceId: code.practiceId, task: 'sign_in', origin }, (tx) =>
        this.use(tx, code.hash, origin),
      ));
    if (person) return person;
    // Behind the look at the key, so that nobody keeps a script out that has a good one.
    await this.throttle.attempt({ budget: 'key', origin });
    await this.securityLog.write(origin, 'key.refused');
    throw keyRefused();
  }

  private async use(tx: Tx, hash: Buffer, origin: Origin): Promise<Person | undefined> {
    const { practiceId } = tx;
    const now = this.clock.now();
    const key = await tx.manager.findOneBy(ScriptKey, { practiceId, hash });
    if (!key || key.expiresAt <= now) return undefined;
    const { id, userId, roles, scopes } = key;
    const login = await tx.manager.findOneByOrFail(Login, { practiceId, id });
    const user = await tx.manager.findOneByOrFail(User, { practiceId, id: userId });
    if (login.endedAt || user.isDisabled) return undefined;
    login.lastSeenAt = now;
    await tx.manager.save(login);
    this.audit.record(tx, { event: 'key.used', objectType: 'key', objectId: id });
    const file = await tx.manager.findOneBy(Client, { practiceId, userId });
    return { practiceId, userId, loginId: id, roles, scopes, ...(file && { clientId: file.id }), origin };
  }
}

async function insertLogin(tx: Tx, id: string, userId: string, now: Date): Promise<void> {
  await tx.manager.insert(Login, {
    practiceId: tx.practiceId,
    id,
    userId,
    device: null,
    address: null,
    createdAt: now,
    lastSeenAt: now,
    authenticatedAt: now,
    endedAt: null,
    endedBecause: null,
  });
}

/** It was made, but ended since. */
function gone(): never {
  throw notFound();
}
