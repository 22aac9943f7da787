import { createHmac } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In, IsNull, LessThan, MoreThan } from 'typeorm';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { Settings } from '../config/settings.js';
import type { Tx } from '../database/tx.js';
import { Housekeeping } from '../jobs/housekeeping.js';
import { AddressChange } from './address-change.entity.js';
import { addressHash, OneTimeToken, type Purpose } from './one-time-token.entity.js';
import { newSecretCode } from './secret-code.js';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** How long a code works: as long as its mail may lie unread, and the shorter the more it opens. */
const VALID_MS: Readonly<Record<Purpose, number>> = {
  invitation: 7 * DAY_MS,
  password_reset: 60 * MINUTE_MS,
  mail_sign_in: 10 * MINUTE_MS,
  address_change: DAY_MS,
  address_change_cancellation: 7 * DAY_MS,
};

/** An ended code is kept for a day, a change of address until the last code about it is gone. */
const KEPT_MS = DAY_MS;
const CHANGE_KEPT_MS = 10 * DAY_MS;

export interface NewCode {
  readonly purpose: Purpose;
  /** For whom: a user, or the client of a file who is not one yet. */
  readonly person: { readonly userId: string } | { readonly clientId: string };
  /** Where it is mailed to. */
  readonly email: string;
  /** The job that mails it: the same job, run again, mails the same code. */
  readonly jobId?: string;
  /** When it was asked for, where its time runs from then. */
  readonly askedAt?: Date;
  readonly addressChangeId?: string;
  /** Hash of the secret of the browser that asked. */
  readonly browser?: Buffer;
}

/** The codes in one-time links. Each is for one purpose, works once, and is kept as a hash only. */
@Injectable()
export class OneTimeTokens implements OnModuleInit {
  constructor(
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly housekeeping: Housekeeping,
  ) {}

  onModuleInit(): void {
    this.housekeeping.add('ended one-time codes', (tx) => this.drop(tx));
  }

  /**
   * Makes a code; earlier ones for the same purpose and person stop working.
   * @returns the code, which cannot be shown again; nothing when its mail comes too late to be of use
   */
  async mint(tx: Tx, wanted: NewCode): Promise<string | undefined> {
    const { practiceId } = tx;
    const { purpose, person, addressChangeId, browser } = wanted;
    const now = this.clock.now();
    const expiresAt = new Date((wanted.askedAt ?? now).getTime() + VALID_MS[purpose]);
    if (expiresAt <= now) return undefined;
    // Two mails to one person at one moment leave one code that works.
    const whose = `${purpose} ${Object.values(person).join()}`;
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [whose]);
    const { code, hash } = newSecretCode(practiceId, this.bitsOf(wanted));
    const sentBefore = await tx.manager.findOneBy(OneTimeToken, { practiceId, hash });
    if (sentBefore) return sentBefore.isUsable(now) ? code : undefined;
    await this.end(tx, { purpose, ...person, addressChangeId: addressChangeId ?? IsNull() });
    await tx.manager.insert(OneTimeToken, {
      practiceId,
      id: newId(now),
      purpose,
      ...person,
      addressChangeId: addressChangeId ?? null,
      browser: browser ?? null,
      hash,
      sentTo: addressHash(wanted.email),
      createdAt: now,
      expiresAt,
    });
    return code;
  }

  /**
   * Takes a code; nobody can take it again.
   * @param browser where it works in one browser only: the hash of what that one keeps
   * @returns nothing for unknown, used, expired, of another purpose or from another browser alike
   */
  async take(tx: Tx, purpose: Purpose, hash: Buffer, browser?: Buffer): Promise<OneTimeToken | undefined> {
    const token = await tx.manager.findOne(OneTimeToken, {
      where: { practiceId: tx.practiceId, hash, purpose, browser: browser ?? IsNull() },
      lock: { mode: 'pessimistic_write' },
    });
    const now = this.clock.now();
    if (!token?.isUsable(now)) return undefined;
    token.usedAt = now;
    return tx.manager.save(token);
  }

  /** From now on no code that this user was sent for these purposes works. */
  revoke(tx: Tx, userId: string, purposes: readonly Purpose[]): Promise<void> {
    return this.end(tx, { userId, purpose: In(purposes) });
  }

  private async end(tx: Tx, which: object): Promise<void> {
    const now = this.clock.now();
    const standing = { practiceId: tx.practiceId, usedAt: IsNull(), expiresAt: MoreThan(now) };
    await tx.manager.update(OneTimeToken, { ...standing, ...which }, { expiresAt: now });
  }

  /** Of a job, its id under a key: who reads the queue cannot work it out. Without a job, chance. */
  private bitsOf({ purpose, jobId }: NewCode) {
    if (!jobId) return undefined;
    return createHmac('sha256', this.settings.oneTimeKey).update(`${purpose} ${jobId}`).digest();
  }

  private async drop(tx: Tx): Promise<void> {
    const { practiceId } = tx;
    const before = (ms: number) => LessThan(new Date(this.clock.now().getTime() - ms));
    await tx.manager.delete(OneTimeToken, { practiceId, expiresAt: before(KEPT_MS) });
    await tx.manager.delete(AddressChange, { practiceId, requestedAt: before(CHANGE_KEPT_MS) });
  }
}
