import { createHmac } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { SecurityLog } from '../audit/security-log.js';
import type { Origin } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { Settings } from '../config/settings.js';
import { placeOf } from './address-place.js';
import { type Allowance, type Budget, type BudgetName, BUDGETS } from './budgets.js';
import { tooManyAttempts } from './throttling.errors.js';

/** From where an account was opened is known for so long. */
const KNOWN_DAYS = 60;

/** Somebody tries something, on an account or on none in particular. */
export interface Attempt {
  readonly budget: BudgetName;
  /** Whatever names the account: an e-mail address, an id, a code. Only its HMAC is kept. */
  readonly account?: string;
  /** A device that opened this account before: it is counted by itself, whatever others do. */
  readonly device?: string;
  readonly origin: Origin;
}

/** What the nearest limit says after an attempt. */
export interface Room {
  readonly left: number;
  readonly forgottenInSeconds: number;
}

interface Counter {
  readonly key: Buffer;
  readonly allowance: Allowance;
  /** Passed from where the account was opened before. */
  readonly soft: boolean;
}

interface Counted {
  readonly place: number;
  readonly attempts: number;
  readonly opens_at: Date | null;
  readonly forgotten_at: Date;
  readonly is_shut: boolean;
}

/**
 * Counts attempts in Postgres, so that it holds over all instances, and makes who tries too often wait: longer each
 * time, but never for ever, and a refused attempt makes no wait longer.
 */
@Injectable()
export class Throttle {
  constructor(
    private readonly dataSource: DataSource,
    private readonly securityLog: SecurityLog,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  /**
   * Takes an attempt out of its budget, before it is made: many at once find no more room than one after another.
   * @throws Problem 429 `too-many-attempts`
   */
  async attempt(attempt: Attempt): Promise<Room> {
    const now = this.clock.now();
    const counters = this.countersOf(attempt);
    const counted = await this.count(counters, this.knownPlace(attempt), now);
    const shut = counted.filter(({ is_shut }) => is_shut).map(({ opens_at }) => opens_at!.getTime());
    if (shut.length > 0) throw tooManyAttempts(secondsUntil(Math.max(...shut), now));
    await this.noteFirstWait(attempt, counters, counted);
    return nearest(counters, counted, now);
  }

  /** It was the right person after all: their own failures are forgotten, and so is this attempt everywhere else. */
  async succeeded(attempt: Attempt): Promise<void> {
    if (BUDGETS[attempt.budget].counts === 'requests') return;
    const keys = this.countersOf(attempt).map(({ key }) => key);
    const [address, pair, account] = attempt.device ? [undefined, ...keys] : keys;
    await this.dataSource.query('select throttle_success($1, $2, $3, $4, $5)', [
      pair ?? null,
      [address, account].filter(Boolean),
      this.knownPlace(attempt) ?? null,
      this.clock.now(),
      new Date(this.clock.now().getTime() + KNOWN_DAYS * 86_400_000),
    ]);
  }

  private async count(counters: Counter[], known: Buffer | undefined, now: Date): Promise<Counted[]> {
    const allowances = counters.map(({ allowance }) => allowance);
    return this.dataSource.query<Counted[]>(
      'select * from throttle_attempt($1, $2, $3, $4, $5, $6, $7, $8)',
      [
        counters.map(({ key }) => key),
        allowances.map(({ free }) => free),
        allowances.map(({ firstWaitSeconds }) => firstWaitSeconds),
        allowances.map(({ longestWaitSeconds }) => longestWaitSeconds),
        allowances.map(({ memorySeconds }) => memorySeconds),
        counters.map(({ soft }) => soft),
        known ?? null,
        now,
      ],
    );
  }

  private countersOf({ budget, account, device, origin }: Attempt): Counter[] {
    const limits: Budget = BUDGETS[budget];
    if (account && device) {
      const key = this.keyOf(budget, 'device', account, device);
      return [{ key, allowance: this.scaled(limits.pair), soft: false }];
    }
    const place = placeOf(origin.address);
    const address = { key: this.keyOf(budget, 'address', place), allowance: this.scaled(limits.address) };
    if (!account) return [{ ...address, soft: false }];
    return [
      { ...address, soft: false },
      { key: this.keyOf(budget, 'pair', account, place), allowance: this.scaled(limits.pair), soft: false },
      { key: this.keyOf(budget, 'account', account), allowance: this.scaled(limits.account), soft: true },
    ];
  }

  private knownPlace({ account, origin }: Attempt): Buffer | undefined {
    return account ? this.keyOf('known', account, placeOf(origin.address)) : undefined;
  }

  private scaled(allowance: Allowance): Allowance {
    return { ...allowance, free: allowance.free * this.settings.attemptsFactor };
  }

  /** Nobody's name or address is kept: this is enough to know them again, for whoever has the key. */
  private keyOf(...parts: string[]): Buffer {
    return createHmac('sha256', this.settings.throttlingKey).update(JSON.stringify(parts)).digest();
  }

  /** Once for each time that somebody begins to wait, so that it is seen without filling the log. */
  private async noteFirstWait(attempt: Attempt, counters: Counter[], counted: Counted[]): Promise<void> {
    const begins = counted.some(({ place, attempts }) => attempts === counters[place]!.allowance.free);
    if (begins) await this.securityLog.write(attempt.origin, `${attempt.budget}.slowed`, attempt.account);
  }
}

function nearest(counters: readonly Counter[], counted: readonly Counted[], now: Date): Room {
  const rooms = counted.map(({ place, attempts, forgotten_at }) => ({
    left: Math.max(0, counters[place]!.allowance.free - attempts),
    forgottenInSeconds: secondsUntil(forgotten_at.getTime(), now),
  }));
  return rooms.reduce((one, other) => (other.left < one.left ? other : one));
}

const secondsUntil = (at: number, now: Date): number => Math.max(1, Math.ceil((at - now.getTime()) / 1000));
