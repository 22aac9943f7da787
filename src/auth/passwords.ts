import { Injectable } from '@nestjs/common';
import { Algorithm, hash, verify } from '@node-rs/argon2';
import { Settings } from '../config/settings.js';

/** Hashes and verifies passwords (Argon2id, RFC 9106), always in one Unicode form. */
@Injectable()
export class Passwords {
  /** A hash of nothing anybody knows: checked when there is no real one, so that the work is the same. */
  private readonly decoy: Promise<string>;
  /** How a hash of today begins (PHC string format). */
  private readonly beginning: string;

  constructor(private readonly settings: Settings) {
    const { memoryCost, timeCost, parallelism } = settings.passwordCost;
    this.beginning = `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$`;
    this.decoy = this.hash(crypto.randomUUID());
  }

  hash(password: string): Promise<string> {
    return hash(password.normalize('NFC'), { algorithm: Algorithm.Argon2id, ...this.settings.passwordCost });
  }

  /** Whether a hash was made at another cost than is asked for now. */
  isOutdated(passwordHash: string): boolean {
    return !passwordHash.startsWith(this.beginning);
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
