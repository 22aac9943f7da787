import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { type Person, taskFor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { stepUpRequired } from '../common/problems.js';
import { Tenant } from '../database/tenant.js';
import { Login, RECENT_SECONDS } from '../users/login.entity.js';
import { ACCESS_SECONDS, AccessTokens } from './access-tokens.js';
import { passwordWrong } from './auth.errors.js';
import { Credential } from './credential.entity.js';
import { Passwords } from './passwords.js';
import { SecondFactorAtSignIn } from './second-factor/second-factor-at-sign-in.js';
import type { ProveAgain, Proven } from './step-up.dto.js';

/** What wants a recent proof of who calls: exports, a transfer, who may do what. And how that proof is given. */
@Injectable()
export class Reauthentication {
  constructor(
    private readonly tenant: Tenant,
    private readonly passwords: Passwords,
    private readonly secondFactor: SecondFactorAtSignIn,
    private readonly tokens: AccessTokens,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes a proof, and notes at the login when it was given.
   * @throws Problem 422 `password-wrong`, 401 `second-factor-required`, `second-factor-refused`
   */
  async stepUp(person: Person, proof: ProveAgain): Promise<Proven> {
    await this.expectProof(person, proof);
    const now = this.clock.now();
    await this.tenant.change(taskFor(person, 'sign_in'), async (tx) => {
      const login = { practiceId: person.practiceId, id: person.loginId };
      await tx.manager.update(Login, login, { authenticatedAt: now });
      this.audit.record(tx, { event: 'login.stepped_up', objectType: 'login', objectId: person.loginId });
    });
    return {
      accessToken: this.tokenOf(person),
      expiresIn: ACCESS_SECONDS,
      until: new Date(now.getTime() + RECENT_SECONDS * 1000).toISOString(),
    };
  }

  /**
   * It is the login in the database that knows, not the token: a step-up counts at once for every token of that
   * login, and for no other login.
   * @throws Problem 401 `step-up-required`
   */
  async expectRecent(person: Person): Promise<void> {
    const { practiceId, loginId } = person;
    const login = await this.tenant.read(person, (tx) =>
      tx.manager.findOneBy(Login, { practiceId, id: loginId }),
    );
    if (!login?.wasProvenRecently(this.clock.now())) throw stepUpRequired(RECENT_SECONDS);
  }

  /**
   * @param pointer the field that the password came in
   * @returns the hash that it fits
   * @throws Problem 422 `password-wrong`; the practice sees that somebody tried
   */
  async expectPassword(person: Person, password: string, pointer: string): Promise<string> {
    const { practiceId, userId } = person;
    const credential = await this.tenant.read(taskFor(person, 'sign_in'), (tx) =>
      tx.manager.findOneBy(Credential, { practiceId, userId }),
    );
    const hashes = credential ? [credential.passwordHash] : [];
    const [fits] = await this.passwords.verifyEach(hashes, password, 1);
    if (fits) return credential!.passwordHash;
    await this.audit.witness(person, {
      event: 'login.proof_refused',
      outcome: 'refused',
      objectType: 'user',
      objectId: userId,
    });
    throw passwordWrong(pointer);
  }

  /** The one place that says what proves a person again: their password, and a second factor where they have one. */
  private async expectProof(person: Person, { password, ...factor }: ProveAgain): Promise<void> {
    await this.expectPassword(person, password, '/password');
    await this.secondFactor.demand(person, factor, person.origin);
  }

  private tokenOf({ userId, practiceId, loginId, roles, clientId }: Person): string {
    const file = clientId && { client: clientId };
    return this.tokens.mint({ sub: userId, practice: practiceId, login: loginId, roles, ...file });
  }
}
