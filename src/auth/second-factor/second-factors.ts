import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { Clock } from '../../common/clock.js';
import type { Tx } from '../../database/tx.js';
import { Jobs } from '../../jobs/jobs.js';
import { FactorKeys } from '../factor-keys.js';
import { Passkey } from '../passkeys/passkey.entity.js';
import { stepOf } from './authenticator-app.js';
import { RecoveryCodes } from './recovery-codes.js';
import { SecondFactor } from './second-factor.entity.js';

export type FactorKind = 'totp' | 'recovery_code';

const TOTP_CODE = /^\d{6}$/;

/** Whether a user has a second factor, and the only door at which a code of one is tried. */
@Injectable()
export class SecondFactors {
  constructor(
    private readonly keys: FactorKeys,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly audit: Audit,
    private readonly jobs: Jobs,
    private readonly clock: Clock,
  ) {}

  /** A confirmed authenticator app, or a passkey. */
  async has(tx: Tx, userId: string): Promise<boolean> {
    const kinds = await this.kindsOf(tx, userId);
    return kinds.length > 0;
  }

  /** What the user may be asked for behind the password. */
  async kindsOf(tx: Tx, userId: string): Promise<('totp' | 'passkey')[]> {
    const own = { practiceId: tx.practiceId, userId };
    const app = await tx.manager.findOneBy(SecondFactor, own);
    const hasPasskey = await tx.manager.existsBy(Passkey, own);
    return [...(app?.isConfirmed ? (['totp'] as const) : []), ...(hasPasskey ? (['passkey'] as const) : [])];
  }

  /** Somebody whose login was stolen hears that a thief made a way in of their own, or took one of theirs away. */
  tellOfChange(tx: Tx, userId: string): Promise<void> {
    return this.jobs.enqueue(tx, 'mail-factor-changed', { practiceId: tx.practiceId, userId });
  }

  /** Recovery codes stand in for a factor; where the last one went, there is nothing left for them to open. */
  async forgetUnlessAny(tx: Tx, userId: string): Promise<void> {
    if (!(await this.has(tx, userId))) await this.recoveryCodes.drop(tx, userId);
  }

  /**
   * Tries a code of the user's authenticator app, or a recovery code, and uses it up: neither works twice, also
   * not in two requests at once. It must run in a transaction that is kept, also where the code was wrong.
   * @param tx of the person, or of the task `sign_in`
   * @returns what kind of code it was, or nothing where it was none
   */
  async verify(tx: Tx, userId: string, code: string): Promise<FactorKind | undefined> {
    const kind = await this.kindOf(tx, userId, code);
    if (!kind) this.traceRefusal(tx, userId);
    if (kind === 'recovery_code') {
      this.audit.record(tx, { event: 'recovery_code.used', objectType: 'user', objectId: userId });
    }
    return kind;
  }

  /** The first code of a new app, which shows that the secret arrived; the factor counts from then on. */
  async confirm(tx: Tx, userId: string, code: string): Promise<'confirmed' | 'refused' | 'nothing'> {
    const app = await this.lock(tx, userId);
    if (!app || app.isConfirmed) return 'nothing';
    if (!(await this.takeStep(tx, app, code.replace(/\s/g, '')))) {
      this.traceRefusal(tx, userId);
      return 'refused';
    }
    app.confirm(this.clock.now());
    await tx.manager.save(app);
    return 'confirmed';
  }

  private async kindOf(tx: Tx, userId: string, code: string): Promise<FactorKind | undefined> {
    const typed = code.replace(/\s/g, '');
    if (TOTP_CODE.test(typed)) {
      const app = await this.lock(tx, userId);
      return app?.isConfirmed && (await this.takeStep(tx, app, typed)) ? 'totp' : undefined;
    }
    return (await this.recoveryCodes.take(tx, userId, code)) ? 'recovery_code' : undefined;
  }

  /** One code at a time for each user. */
  private lock(tx: Tx, userId: string): Promise<SecondFactor | null> {
    return tx.manager.findOne(SecondFactor, {
      where: { practiceId: tx.practiceId, userId },
      lock: { mode: 'pessimistic_write' },
    });
  }

  private async takeStep(tx: Tx, app: SecondFactor, code: string): Promise<boolean> {
    if (!TOTP_CODE.test(code)) return false;
    const secret = this.keys.openSecret(app.practiceId, app.userId, app.sealedSecret);
    const step = stepOf(code, secret, this.clock.now());
    if (step === undefined || step <= app.lastStep) return false;
    app.lastStep = step;
    await tx.manager.save(app);
    return true;
  }

  private traceRefusal(tx: Tx, userId: string): void {
    this.audit.record(tx, {
      event: 'second_factor.refused',
      outcome: 'refused',
      objectType: 'user',
      objectId: userId,
    });
  }
}
