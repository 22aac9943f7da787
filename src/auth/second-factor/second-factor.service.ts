import { Injectable } from '@nestjs/common';
import { renderSVG } from 'uqr';
import { Audit } from '../../audit/audit.js';
import { isAdmin, isCoach, type Person, taskFor } from '../../common/actor.js';
import { Clock } from '../../common/clock.js';
import type { Problem } from '../../common/problem.js';
import { notFound } from '../../common/problems.js';
import { Tenant } from '../../database/tenant.js';
import type { Tx } from '../../database/tx.js';
import { Practice } from '../../practices/practice.entity.js';
import { User } from '../../users/user.entity.js';
import { Credential } from '../credential.entity.js';
import { FactorKeys } from '../factor-keys.js';
import { Passkey } from '../passkeys/passkey.entity.js';
import { Passwords } from '../passwords.js';
import { newSecret, otpauthUri } from './authenticator-app.js';
import { RecoveryCodes } from './recovery-codes.js';
import type { ProveBoth, SecondFactorEnrolment, SecondFactorView } from './second-factor.dto.js';
import { SecondFactor } from './second-factor.entity.js';
import {
  confirmationRefused,
  nothingToConfirm,
  ownFactorByProof,
  secondFactorStands,
} from './second-factor.errors.js';
import { SecondFactorAtSignIn } from './second-factor-at-sign-in.js';
import { SecondFactors } from './second-factors.js';

/** Setting up, renewing and taking away one's own second factor; and an admin helping who lost theirs. */
@Injectable()
export class SecondFactorService {
  constructor(
    private readonly tenant: Tenant,
    private readonly keys: FactorKeys,
    private readonly factors: SecondFactors,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly passwords: Passwords,
    private readonly atSignIn: SecondFactorAtSignIn,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  read(person: Person): Promise<SecondFactorView> {
    const { practiceId, userId } = person;
    return this.tenant.read(person, async (tx) => {
      const app = await tx.manager.findOneBy(SecondFactor, { practiceId, userId });
      const { secondFactorRequired } = await tx.manager.findOneByOrFail(Practice, { id: practiceId });
      return {
        ...(app?.confirmedAt && { confirmedAt: app.confirmedAt.toISOString() }),
        recoveryCodesLeft: await this.recoveryCodes.countUnused(tx, userId),
        passkeys: await tx.manager.countBy(Passkey, { practiceId, userId }),
        required: secondFactorRequired && (isCoach(person) || isAdmin(person)),
      };
    });
  }

  /** Begins with an authenticator app, or begins anew; nothing is asked for until a code of it was confirmed. */
  begin(person: Person): Promise<SecondFactorEnrolment> {
    const { practiceId, userId } = person;
    return this.tenant.change(person, async (tx) => {
      const user = await this.hold(tx, userId);
      const practice = await tx.manager.findOneByOrFail(Practice, { id: practiceId });
      const known = await tx.manager.findOne(SecondFactor, {
        where: { practiceId, userId },
        lock: { mode: 'pessimistic_write' },
      });
      if (known?.isConfirmed) throw secondFactorStands();
      const secret = newSecret();
      const begun = {
        sealedSecret: this.keys.sealSecret(practiceId, userId, secret),
        createdAt: this.clock.now(),
        confirmedAt: null,
        lastStep: 0,
      };
      await (known
        ? tx.manager.save(Object.assign(known, begun))
        : tx.manager.insert(SecondFactor, { practiceId, userId, ...begun }));
      this.audit.record(tx, { event: 'second_factor.begun', objectType: 'user', objectId: userId });
      const uri = otpauthUri(secret, practice.name, user.email);
      return { otpauthUri: uri, secret, qrCode: renderSVG(uri) };
    });
  }

  /** @returns the recovery codes, to be shown once */
  confirm(person: Person, code: string): Promise<string[]> {
    const { userId } = person;
    return this.kept(person, async (tx) => {
      const outcome = await this.factors.confirm(tx, userId, code);
      if (outcome !== 'confirmed') return outcome === 'nothing' ? nothingToConfirm() : confirmationRefused();
      this.audit.record(tx, { event: 'second_factor.confirmed', objectType: 'user', objectId: userId });
      await this.factors.tellOfChange(tx, userId);
      return this.recoveryCodes.renew(tx, userId);
    });
  }

  /** New recovery codes; the earlier ones, such as on a paper that was lost, work no more. */
  renewRecoveryCodes(person: Person, proof: ProveBoth): Promise<string[]> {
    return this.kept(taskFor(person, 'sign_in'), async (tx) => {
      if (!(await this.proves(tx, person, proof))) return confirmationRefused();
      this.audit.record(tx, { event: 'recovery_codes.renewed', objectType: 'user', objectId: person.userId });
      return this.recoveryCodes.renew(tx, person.userId);
    });
  }

  /** Takes the authenticator app away; passkeys stay, and with them the recovery codes. */
  remove(person: Person, proof: ProveBoth): Promise<void> {
    const { practiceId, userId } = person;
    return this.kept(taskFor(person, 'sign_in'), async (tx) => {
      if (!(await this.proves(tx, person, proof))) return confirmationRefused();
      await tx.manager.delete(SecondFactor, { practiceId, userId });
      await this.factors.forgetUnlessAny(tx, userId);
      await this.factors.tellOfChange(tx, userId);
      this.audit.record(tx, { event: 'second_factor.removed', objectType: 'user', objectId: userId });
      return undefined;
    });
  }

  /** What an admin does for who lost phone and paper: every factor goes, and the password alone signs in again. */
  async removeLost(admin: Person, userId: string): Promise<void> {
    const { practiceId } = admin;
    if (userId === admin.userId) throw ownFactorByProof();
    await this.tenant.read(admin, async (tx) => {
      if (!(await tx.manager.existsBy(User, { practiceId, id: userId }))) throw notFound();
    });
    await this.tenant.change(taskFor(admin, 'factor_removal'), async (tx) => {
      const own = { practiceId, userId };
      await this.recoveryCodes.drop(tx, userId);
      const apps = await tx.manager.delete(SecondFactor, own);
      const passkeys = await tx.manager.delete(Passkey, own);
      if (!apps.affected && !passkeys.affected) throw notFound();
      await this.factors.tellOfChange(tx, userId);
      this.audit.record(tx, {
        event: 'second_factor.removed',
        ground: 'lost',
        objectType: 'user',
        objectId: userId,
      });
    });
  }

  private async proves(
    tx: Tx,
    { practiceId, userId }: Person,
    { password, ...factor }: ProveBoth,
  ): Promise<boolean> {
    const credential = await tx.manager.findOneBy(Credential, { practiceId, userId });
    const hashes = credential ? [credential.passwordHash] : [];
    const [isRight] = await this.passwords.verifyEach(hashes, password, 1);
    // A code is not used up, nor tried, behind a password that is wrong.
    if (!isRight || !(await this.factors.has(tx, userId))) return false;
    return (await this.atSignIn.refusalOf(tx, userId, factor)) === undefined;
  }

  /** A refusal keeps what was written before it: the trace of a wrong code, and a code that was used up. */
  private async kept<T>(
    actor: Parameters<Tenant['change']>[0],
    work: (tx: Tx) => Promise<T | Problem>,
  ): Promise<T> {
    const outcome = await this.tenant.change(actor, work);
    if (outcome instanceof Error) throw outcome;
    return outcome;
  }

  private hold(tx: Tx, userId: string): Promise<User> {
    return tx.manager.findOneOrFail(User, {
      where: { practiceId: tx.practiceId, id: userId },
      lock: { mode: 'for_no_key_update' },
    });
  }
}
