import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { SecurityLog } from '../../audit/security-log.js';
import type { Origin } from '../../common/actor.js';
import { Tenant } from '../../database/tenant.js';
import { User } from '../../users/user.entity.js';
import type { LoginTokens } from '../auth.dto.js';
import { Logins } from '../logins.js';
import { PasskeyAssertions, SIGN_IN } from './passkey-assertions.js';
import { CHALLENGE_MS, PasskeyChallenges } from './passkey-challenges.js';
import type { PasskeyAssertion, PasskeyRequestOptions } from './passkey.dto.js';
import { passkeyRefused } from './passkey.errors.js';
import { RelyingParty } from './relying-party.js';
import { parseUserHandle, type UserHandle } from './user-handle.js';

/** Signing in with a passkey alone: the device asks who holds it, which makes it two factors in one. */
@Injectable()
export class PasskeySignInService {
  constructor(
    private readonly tenant: Tenant,
    private readonly party: RelyingParty,
    private readonly challenges: PasskeyChallenges,
    private readonly assertions: PasskeyAssertions,
    private readonly logins: Logins,
    private readonly audit: Audit,
    private readonly securityLog: SecurityLog,
  ) {}

  /** The same whoever asks: the authenticator itself knows which passkeys it has for us. */
  options(): PasskeyRequestOptions {
    return {
      challenge: this.challenges.issue(SIGN_IN),
      rpId: this.party.id,
      userVerification: 'required',
      timeout: CHALLENGE_MS,
    };
  }

  /** @throws Problem 401 `passkey-refused` */
  async signIn(credential: PasskeyAssertion, origin: Origin, device?: string): Promise<LoginTokens> {
    const named = parseUserHandle(credential.response.userHandle);
    const outcome = named ? await this.check(named, credential, origin) : 'unknown';
    if (!named || outcome !== 'right') {
      // What a handle names is anybody's claim: where it names nobody, it is noted outside of any practice.
      if (outcome === 'unknown') await this.securityLog.write(origin, 'passkey.refused');
      throw passkeyRefused();
    }
    return this.logins.begin(named.practiceId, named.userId, origin, device);
  }

  private check(
    { practiceId, userId }: UserHandle,
    credential: PasskeyAssertion,
    origin: Origin,
  ): Promise<'right' | 'wrong' | 'unknown'> {
    return this.tenant.change({ practiceId, task: 'sign_in', origin }, async (tx) => {
      const user = await tx.manager.findOneBy(User, { practiceId, id: userId });
      const fits = await this.assertions.verify(tx, userId, credential);
      if (!user) return 'unknown';
      if (fits && !user.isDisabled) return 'right';
      this.audit.record(tx, {
        event: 'login.refused',
        ground: 'passkey',
        outcome: 'refused',
        objectType: 'user',
        objectId: userId,
      });
      return 'wrong';
    });
  }
}
