import { generateSecret, generateURI, verifySync } from 'otplib';

/** Seconds that one code stands (RFC 6238). */
export const STEP_SECONDS = 30;

/** A clock may be one step off either way. */
const TOLERANCE_SECONDS = STEP_SECONDS;

/** 160 bits, base32 as people type it over. */
export const newSecret = (): string => generateSecret({ length: 20 });

/** What an authenticator app reads from a QR code. */
export function otpauthUri(secret: string, practice: string, address: string): string {
  // A colon parts the two in the label, and so can stand in neither.
  return generateURI({ issuer: practice.replaceAll(':', ' '), label: address, secret });
}

/** @returns the half-minute that the code belongs to, or nothing where it fits none near `now` */
export function stepOf(code: string, secret: string, now: Date): number | undefined {
  const result = verifySync({
    secret,
    token: code,
    epoch: Math.floor(now.getTime() / 1000),
    epochTolerance: TOLERANCE_SECONDS,
  });
  return result.valid && 'timeStep' in result ? result.timeStep : undefined;
}
