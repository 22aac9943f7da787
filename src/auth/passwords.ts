import { Injectable } from '@nestjs/common';
import { Algorithm, hash, verify } from '@node-rs/argon2';

/** OWASP's Argon2id parameters: 19 MiB, two passes, one lane. */
const PARAMETERS = { algorithm: Algorithm.Argon2id, memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes and verifies passwords (Argon2id, RFC 9106). */
@Injectable()
export class Passwords {
  /** A hash of nothing anybody knows: checked when there is no real one, so that the work is the same. */
  private readonly decoy = this.hash(crypto.randomUUID());

  hash(password: string): Promise<string> {
    return hash(password.normalize('NFC'), PARAMETERS);
  }

  /**
   * Checks one password against several hashes.
   * @param times how many verifications are done whatever there is to check, so that time tells nothing
   * @returns for each given hash whether the password fits
   */
  async verifyEach(hashes: readonly string[], password: string, times: number): Promise<boolean[]> {
    const decoy = await this.decoy;
    const padding = Array.from({ length: Math.max(0, times - hashes.length) }, () => decoy);
    const candidates = [...hashes, ...padding];
    const fits = await Promise.all(candidates.map((one) => verify(one, password.normalize('NFC'))));
    return fits.slice(0, hashes.length);
  }
}
