import { generateSync } from 'otplib';
import type { PasskeyCreationOptions, PasskeyView } from '../../src/auth/passkeys/passkey.dto.js';
import type {
  RecoveryCodeList,
  SecondFactorEnrolment,
} from '../../src/auth/second-factor/second-factor.dto.js';
import { Authenticator } from './authenticator.js';
import { type Caller, told } from './caller.js';

/** What an authenticator app shows at a moment. */
export const codeAt = (secret: string, at: Date = new Date()): string =>
  generateSync({ secret, epoch: Math.floor(at.getTime() / 1000) });

/** A moment that many half-minutes later. */
export const later = (steps: number, from: Date = new Date()): Date =>
  new Date(from.getTime() + steps * 30_000);

/** Sets up an authenticator app, confirmed with the code of the half-minute before: that of now is still good. */
export async function enrol(caller: Caller, now?: Date): Promise<{ secret: string; codes: string[] }> {
  const { secret } = told<SecondFactorEnrolment>(await caller.put('/v1/me/second-factor', {}));
  const confirm = () =>
    caller.post('/v1/me/second-factor/confirmation', { code: codeAt(secret, later(-1, now)) });
  let answer = await confirm();
  // By the real clock, the half-minute may have ended while the code was on its way.
  if (answer.statusCode === 409 && !now) answer = await confirm();
  return { secret, codes: told<RecoveryCodeList>(answer).codes };
}

/** Adds a passkey of a new authenticator. */
export async function addPasskey(
  caller: Caller,
  authenticator = new Authenticator(),
): Promise<{ authenticator: Authenticator; id: string }> {
  const options = told<PasskeyCreationOptions>(await caller.post('/v1/me/passkeys/options'));
  const credential = authenticator.create(options);
  const { id } = told<PasskeyView>(await caller.post('/v1/me/passkeys', { name: 'Telefoon', credential }));
  return { authenticator, id };
}
