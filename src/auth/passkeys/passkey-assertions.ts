import { generateKeyPairSync } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type VerifiedAuthenticationResponse, verifyAuthenticationResponse } from '@simplewebauthn/server';
import { Audit } from '../../audit/audit.js';
import { Clock } from '../../common/clock.js';
import type { Tx } from '../../database/tx.js';
import { PasskeyChallenges } from './passkey-challenges.js';
import type { PasskeyAssertion } from './passkey.dto.js';
import { Passkey } from './passkey.entity.js';
import { RelyingParty } from './relying-party.js';
import { parseUserHandle } from './user-handle.js';

/** What the challenge of a sign-in may be answered for. */
export const SIGN_IN = 'sign in';

/** Checks what a passkey signed, and keeps that its challenge was answered. */
@Injectable()
export class PasskeyAssertions {
  /** A key that nobody holds: tried where there is no passkey, so that the work is the same. */
  private readonly decoy = coseKeyOfNobody();

  constructor(
    private readonly party: RelyingParty,
    private readonly challenges: PasskeyChallenges,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Whether a passkey of this user answered a challenge of ours: here, now, for the first time, and having asked
   * who holds it. Run it in a transaction of the task `sign_in` that is kept, also where the answer is no.
   */
  async verify(tx: Tx, userId: string, assertion: PasskeyAssertion): Promise<boolean> {
    if (!this.isOf(tx, userId, assertion)) return false;
    const credentialId = Buffer.from(assertion.rawId, 'base64url');
    const passkey = await tx.manager.findOne(Passkey, {
      where: { practiceId: tx.practiceId, userId, credentialId },
      lock: { mode: 'pessimistic_write' },
    });
    const signed = await this.signedBy(passkey?.publicKey ?? this.decoy, assertion);
    if (!passkey || !signed) return false;
    if (!(await this.challenges.spend(tx, challengeOf(assertion)))) return false;
    return this.use(tx, passkey, signed);
  }

  /** An authenticator that names somebody names the one who signs in. */
  private isOf(tx: Tx, userId: string, { response: { userHandle } }: PasskeyAssertion): boolean {
    if (userHandle === undefined) return true;
    const named = parseUserHandle(userHandle);
    return named?.practiceId === tx.practiceId && named.userId === userId;
  }

  /** What was signed, or nothing where the library finds anything wrong with it: origin, party, signature, … */
  private async signedBy(
    publicKey: Buffer,
    { id, rawId, type, response }: PasskeyAssertion,
  ): Promise<VerifiedAuthenticationResponse['authenticationInfo'] | undefined> {
    const verified = await verifyAuthenticationResponse({
      response: { id, rawId, type, response, clientExtensionResults: {} },
      expectedChallenge: (challenge) => this.challenges.isOurs(challenge, SIGN_IN),
      expectedOrigin: this.party.origin,
      expectedRPID: this.party.id,
      // The count is compared by `isCopied`, which leaves a trace where the library would only refuse.
      credential: { id, publicKey: new Uint8Array(publicKey), counter: 0 },
      requireUserVerification: true,
    }).catch(() => undefined);
    return verified?.verified ? verified.authenticationInfo : undefined;
  }

  private async use(
    tx: Tx,
    passkey: Passkey,
    { newCounter, credentialBackedUp }: VerifiedAuthenticationResponse['authenticationInfo'],
  ): Promise<boolean> {
    if (passkey.isCopied(newCounter)) {
      this.audit.record(tx, {
        event: 'passkey.copied',
        outcome: 'refused',
        objectType: 'passkey',
        objectId: passkey.id,
      });
      return false;
    }
    passkey.signCount = String(newCounter);
    passkey.isSynced = credentialBackedUp;
    passkey.lastUsedAt = this.clock.now();
    await tx.manager.save(passkey);
    return true;
  }
}

/** The challenge that was signed over; read after the signature was found right. */
function challengeOf({ response }: PasskeyAssertion): string {
  const said = JSON.parse(Buffer.from(response.clientDataJSON, 'base64url').toString()) as {
    challenge: string;
  };
  return said.challenge;
}

/** An ES256 public key as a COSE_Key: a map of five, written out (RFC 8949, RFC 9053). */
function coseKeyOfNobody(): Buffer {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x, y } = publicKey.export({ format: 'jwk' });
  return Buffer.concat([
    Buffer.from('a5010203262001215820', 'hex'),
    Buffer.from(x!, 'base64url'),
    Buffer.from('225820', 'hex'),
    Buffer.from(y!, 'base64url'),
  ]);
}
