import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Audit } from '../audit/audit.js';
import { SecurityLog } from '../audit/security-log.js';
import type { Origin } from '../common/actor.js';
import { Tenant } from '../database/tenant.js';
import { Throttle } from '../throttling/throttle.js';
import { Credential } from './credential.entity.js';
import { credentialsRefused, practiceRequired } from './auth.errors.js';
import { Passwords } from './passwords.js';
import { type GivenFactor, SecondFactorAtSignIn } from './second-factor/second-factor-at-sign-in.js';

/** A user whose password was right. */
export interface VerifiedUser {
  readonly practiceId: string;
  readonly userId: string;
  /** The hash that it fitted: of a password that is changed before the login begins, that is another one. */
  readonly passwordHash: string;
}

type Proving = Pick<VerifiedUser, 'practiceId' | 'userId'>;

interface Known {
  readonly practice_id: string;
  readonly user_id: string;
  readonly password_hash: string;
}

/** Verifications done without a named practice, however many practices know the address. */
const VERIFICATIONS = 3;

/** Finds out who signs in, and tells those who cannot nothing at all. */
@Injectable()
export class SignInService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly tenant: Tenant,
    private readonly passwords: Passwords,
    private readonly secondFactor: SecondFactorAtSignIn,
    private readonly throttle: Throttle,
    private readonly audit: Audit,
    private readonly securityLog: SecurityLog,
  ) {}

  /**
   * @param email in lower case, as it is stored
   * @throws Problem 401 `credentials-refused`, 422 `practice-required`; behind a right password only, 401
   *   `second-factor-required` and `second-factor-refused`
   */
  async verify(
    {
      email,
      password,
      practice,
      ...given
    }: { email: string; password: string; practice?: string } & GivenFactor,
    origin: Origin,
  ): Promise<VerifiedUser> {
    const known = await this.dataSource.query<Known[]>('select * from lookup.credentials($1, $2)', [
      email,
      practice ?? null,
    ]);
    const hashes = known.map((one) => one.password_hash);
    const fits = await this.passwords.verifyEach(hashes, password, practice ? 1 : VERIFICATIONS);
    const right = known.filter((_, i) => fits[i]);
    if (right.length === 0) return this.refuse(known, email, origin);
    if (known.length > 1) throw practiceRequired();
    const one = right[0]!;
    const user = { practiceId: one.practice_id, userId: one.user_id };
    await this.prove(user, given, origin);
    return { ...user, passwordHash: await this.atTodaysCost(one, password, origin) };
  }

  /**
   * Whoever guesses codes has the password already. What is tried for a code is counted by itself, for the person and
   * from everywhere, so that many addresses together find no more room; where the person came in before it is passed.
   */
  private async prove(user: Proving, given: GivenFactor, origin: Origin): Promise<void> {
    const account = `${user.practiceId}/${user.userId}`;
    const attempt = given.code === undefined ? undefined : ({ budget: 'code', account, origin } as const);
    if (attempt) await this.throttle.attempt(attempt);
    await this.secondFactor.demand(user, given, origin);
    if (attempt) await this.throttle.succeeded(attempt);
  }

  /** The password is at hand now: its hash moves to today's cost, unless another sign-in did that, or it was changed. */
  private async atTodaysCost(
    { practice_id: practiceId, user_id: userId, password_hash: passwordHash }: Known,
    password: string,
    origin: Origin,
  ): Promise<string> {
    if (!this.passwords.isOutdated(passwordHash)) return passwordHash;
    const renewed = await this.passwords.hash(password);
    return this.tenant.change({ practiceId, task: 'sign_in', origin }, async (tx) => {
      const held = { practiceId, userId, passwordHash };
      const { affected } = await tx.manager.update(Credential, held, { passwordHash: renewed });
      if (affected) return renewed;
      const present = await tx.manager.findOneByOrFail(Credential, { practiceId, userId });
      const [fits] = await this.passwords.verifyEach([present.passwordHash], password, 1);
      return fits ? present.passwordHash : passwordHash;
    });
  }

  private async refuse(known: readonly Known[], email: string, origin: Origin): Promise<never> {
    await (known.length === 0
      ? this.securityLog.write(origin, 'login.refused', email)
      : Promise.all(known.map((one) => this.witnessRefusal(one, origin))));
    throw credentialsRefused();
  }

  /** Each practice that knows the address sees that somebody tried. */
  private witnessRefusal({ practice_id, user_id }: Known, origin: Origin): Promise<void> {
    return this.audit.witness(
      { practiceId: practice_id, task: 'sign_in', origin },
      { event: 'login.refused', outcome: 'refused', objectType: 'user', objectId: user_id },
    );
  }
}
