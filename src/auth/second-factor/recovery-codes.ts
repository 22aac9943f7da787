import { randomInt } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { IsNull } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { newId } from '../../common/id.js';
import type { Tx } from '../../database/tx.js';
import { FactorKeys, same } from '../factor-keys.js';
import { RecoveryCode } from './recovery-code.entity.js';

export const RECOVERY_CODES = 10;

/** Crockford's alphabet: no letter that looks like a digit. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** In groups of four, with a dash between them. */
const LENGTH = 24;
export const RECOVERY_CODE_LENGTH = LENGTH + LENGTH / 4 - 1;

/** Ten codes of 120 random bits (ASVS 6.5.2); shown once, kept as an HMAC, each of use once. */
@Injectable()
export class RecoveryCodes {
  constructor(
    private readonly keys: FactorKeys,
    private readonly clock: Clock,
  ) {}

  /** New codes in the place of all earlier ones. */
  async renew(tx: Tx, userId: string): Promise<string[]> {
    const now = this.clock.now();
    const codes = Array.from({ length: RECOVERY_CODES }, newCode);
    await this.drop(tx, userId);
    await tx.manager.insert(
      RecoveryCode,
      codes.map((code) => ({
        practiceId: tx.practiceId,
        id: newId(now),
        userId,
        hash: this.keys.hashCode(tx.practiceId, userId, code),
        createdAt: now,
        usedAt: null,
      })),
    );
    return codes.map((code) => code.match(/.{4}/g)!.join('-'));
  }

  /** Uses a code up: of two who bring it at once, the second waits for the first and finds it used. */
  async take(tx: Tx, userId: string, code: string): Promise<boolean> {
    const hash = this.keys.hashCode(tx.practiceId, userId, readable(code));
    const unused = await tx.manager.findBy(RecoveryCode, this.unusedOf(tx, userId));
    // All of them, also behind the one that fits.
    const [fitting] = unused.filter((one) => same(one.hash, hash));
    if (!fitting) return false;
    const { affected } = await tx.manager.update(
      RecoveryCode,
      { ...this.unusedOf(tx, userId), id: fitting.id },
      { usedAt: this.clock.now() },
    );
    return affected === 1;
  }

  countUnused(tx: Tx, userId: string): Promise<number> {
    return tx.manager.countBy(RecoveryCode, this.unusedOf(tx, userId));
  }

  async drop(tx: Tx, userId: string): Promise<void> {
    await tx.manager.delete(RecoveryCode, { practiceId: tx.practiceId, userId });
  }

  private unusedOf(tx: Tx, userId: string) {
    return { practiceId: tx.practiceId, userId, usedAt: IsNull() };
  }
}

function newCode(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]!).join('');
}

/** As somebody types it over from paper: in either case, with or without dashes, `o` for `0`. */
function readable(code: string): string {
  return code
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
}
