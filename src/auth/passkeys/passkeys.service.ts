import { Injectable } from '@nestjs/common';
import { verifyRegistrationResponse } from '@simplewebauthn/server';
import { Audit } from '../../audit/audit.js';
import { type Person, taskFor } from '../../common/actor.js';
import { Clock } from '../../common/clock.js';
import { newId } from '../../common/id.js';
import { notFound } from '../../common/problems.js';
import { Tenant } from '../../database/tenant.js';
import type { Tx } from '../../database/tx.js';
import { whenViolated } from '../../database/violation.js';
import { Practice } from '../../practices/practice.entity.js';
import { User } from '../../users/user.entity.js';
import { RecoveryCodes } from '../second-factor/recovery-codes.js';
import { SecondFactors } from '../second-factor/second-factors.js';
import { CHALLENGE_MS, PasskeyChallenges } from './passkey-challenges.js';
import {
  type AddPasskey,
  MOST_PASSKEYS,
  type PasskeyAttestation,
  type PasskeyCreationOptions,
} from './passkey.dto.js';
import { Passkey } from './passkey.entity.js';
import { passkeyKnown, passkeyNotUsable, tooManyPasskeys } from './passkey.errors.js';
import { RelyingParty } from './relying-party.js';
import { userHandle } from './user-handle.js';

/** EdDSA, ES256, RS256 (COSE): what authenticators of today have. */
const ALGORITHMS = [-8, -7, -257];

/** A passkey that was just added, with the recovery codes that are told this once where it is the first factor. */
export interface AddedPasskey {
  readonly id: string;
  readonly passkey: Passkey;
  readonly recoveryCodes?: readonly string[];
}

/** A person's own passkeys. */
@Injectable()
export class PasskeysService {
  constructor(
    private readonly tenant: Tenant,
    private readonly party: RelyingParty,
    private readonly challenges: PasskeyChallenges,
    private readonly factors: SecondFactors,
    private readonly recoveryCodes: RecoveryCodes,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  options(person: Person): Promise<PasskeyCreationOptions> {
    const { practiceId, userId } = person;
    return this.tenant.read(person, async (tx) => {
      const user = await tx.manager.findOneByOrFail(User, { practiceId, id: userId });
      const practice = await tx.manager.findOneByOrFail(Practice, { id: practiceId });
      const known = await this.ofPerson(tx, person);
      if (known.length >= MOST_PASSKEYS) throw tooManyPasskeys();
      return {
        challenge: this.challenges.issue(registrationOf(person)),
        rp: { id: this.party.id, name: practice.name },
        user: { id: userHandle(person), name: user.email, displayName: user.name },
        pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
        excludeCredentials: known.map(({ credentialId }) => ({
          type: 'public-key',
          id: credentialId.toString('base64url'),
        })),
        // A passkey that is found without a name being typed, and that asks who holds it.
        authenticatorSelection: {
          residentKey: 'required',
          requireResidentKey: true,
          userVerification: 'required',
        },
        attestation: 'none',
        timeout: CHALLENGE_MS,
      };
    });
  }

  /**
   * Whoever has no second factor yet gets recovery codes with this one, shown this once: a telephone gets lost.
   * @throws Problem 422 `passkey-not-usable`, 409 `passkey-known`
   */
  add(person: Person, { name, credential }: AddPasskey): Promise<AddedPasskey> {
    return this.tenant
      .once<AddedPasskey>(
        taskFor(person, 'sign_in'),
        async (tx) => {
          const made = await this.verified(person, credential);
          if (!(await this.challenges.spend(tx, made.challenge))) throw passkeyNotUsable();
          if ((await this.ofPerson(tx, person)).length >= MOST_PASSKEYS) throw tooManyPasskeys();
          const passkey = tx.manager.create(Passkey, {
            ...made.columns,
            practiceId: person.practiceId,
            userId: person.userId,
            id: newId(this.clock.now()),
            name,
            createdAt: this.clock.now(),
            lastUsedAt: null,
          });
          const recoveryCodes = await this.firstCodes(tx, person);
          await tx.manager.insert(Passkey, passkey);
          await this.factors.tellOfChange(tx, person.userId);
          this.audit.record(tx, { event: 'passkey.added', objectType: 'passkey', objectId: passkey.id });
          return { id: passkey.id, passkey, ...(recoveryCodes && { recoveryCodes }) };
        },
        async (tx, id) => ({ id, passkey: await this.load(tx, person, id) }),
      )
      .catch(whenViolated({ passkeys_credential_key: passkeyKnown }));
  }

  list(person: Person): Promise<Passkey[]> {
    return this.tenant.read(person, (tx) => this.ofPerson(tx, person));
  }

  rename(person: Person, id: string, name: string): Promise<Passkey> {
    return this.tenant.change(person, async (tx) => {
      const passkey = await this.load(tx, person, id);
      passkey.name = name;
      this.audit.record(tx, { event: 'passkey.renamed', objectType: 'passkey', objectId: id });
      return tx.manager.save(passkey);
    });
  }

  remove(person: Person, id: string): Promise<void> {
    return this.tenant.change(person, async (tx) => {
      const { practiceId, userId } = await this.load(tx, person, id);
      await tx.manager.delete(Passkey, { practiceId, userId, id });
      await this.factors.forgetUnlessAny(tx, userId);
      await this.factors.tellOfChange(tx, userId);
      this.audit.record(tx, { event: 'passkey.removed', objectType: 'passkey', objectId: id });
    });
  }

  /** Held, so that of two first passkeys at one moment one brings the codes. */
  private async firstCodes(tx: Tx, { practiceId, userId }: Person): Promise<string[] | undefined> {
    const whose = `first factor ${practiceId} ${userId}`;
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [whose]);
    if (await this.factors.has(tx, userId)) return undefined;
    this.audit.record(tx, { event: 'recovery_codes.renewed', objectType: 'user', objectId: userId });
    return this.recoveryCodes.renew(tx, userId);
  }

  private async verified(
    person: Person,
    { id, rawId, type, response: { clientDataJSON, attestationObject } }: PasskeyAttestation,
  ) {
    let challenge = '';
    const { registrationInfo } = await verifyRegistrationResponse({
      response: {
        id,
        rawId,
        type,
        response: { clientDataJSON, attestationObject },
        clientExtensionResults: {},
      },
      expectedChallenge: (answered) => {
        challenge = answered;
        return this.challenges.isOurs(answered, registrationOf(person));
      },
      expectedOrigin: this.party.origin,
      expectedRPID: this.party.id,
      requireUserVerification: true,
      supportedAlgorithmIDs: ALGORITHMS,
    }).catch(() => ({ registrationInfo: undefined }));
    if (!registrationInfo) throw passkeyNotUsable();
    const { credential, credentialBackedUp } = registrationInfo;
    return {
      challenge,
      columns: {
        credentialId: Buffer.from(credential.id, 'base64url'),
        publicKey: Buffer.from(credential.publicKey),
        signCount: String(credential.counter),
        isSynced: credentialBackedUp,
      },
    };
  }

  private ofPerson(tx: Tx, { practiceId, userId }: Person): Promise<Passkey[]> {
    return tx.manager.find(Passkey, { where: { practiceId, userId }, order: { id: 'asc' } });
  }

  private async load(tx: Tx, { practiceId, userId }: Person, id: string): Promise<Passkey> {
    const passkey = await tx.manager.findOneBy(Passkey, { practiceId, userId, id });
    if (!passkey) throw notFound();
    return passkey;
  }
}

/** A challenge for making a passkey is one person's, in one login: nobody else's answer to it counts. */
const registrationOf = ({ practiceId, userId, loginId }: Person): string =>
  ['registration', practiceId, userId, loginId].join('/');
