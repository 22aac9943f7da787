import { createHash, randomBytes } from 'node:crypto';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { Clock } from '../../common/clock.js';
import type { Tx } from '../../database/tx.js';
import { Housekeeping } from '../../jobs/housekeeping.js';
import { FactorKeys, same } from '../factor-keys.js';
import { SpentChallenge } from './spent-challenge.entity.js';

export const CHALLENGE_MS = 5 * 60_000;

const NONCE_BYTES = 16;
const EXPIRY_BYTES = 6;
const CONTENT_BYTES = NONCE_BYTES + EXPIRY_BYTES;

/**
 * Challenges that need no table while they wait, so that nobody fills one by asking: 128 random bits, when they
 * expire, and an HMAC over both and over what they are for. That one was answered is kept, per practice.
 */
@Injectable()
export class PasskeyChallenges implements OnModuleInit {
  constructor(
    private readonly keys: FactorKeys,
    private readonly housekeeping: Housekeeping,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.housekeeping.add('spent challenges', (tx) => this.forget(tx));
  }

  /** @param use what it may be answered for: signing in, or the registration of one person in one login */
  issue(use: string): string {
    const content = Buffer.concat([randomBytes(NONCE_BYTES), Buffer.alloc(EXPIRY_BYTES)]);
    content.writeUIntBE(this.clock.now().getTime() + CHALLENGE_MS, NONCE_BYTES, EXPIRY_BYTES);
    return Buffer.concat([content, this.keys.signChallenge(content, use)]).toString('base64url');
  }

  /** Whether it was issued here for this use, and has not expired. */
  isOurs(challenge: string, use: string): boolean {
    const bytes = Buffer.from(challenge, 'base64url');
    const content = bytes.subarray(0, CONTENT_BYTES);
    if (content.length < CONTENT_BYTES) return false;
    if (!same(this.keys.signChallenge(content, use), bytes.subarray(CONTENT_BYTES))) return false;
    return content.readUIntBE(NONCE_BYTES, EXPIRY_BYTES) > this.clock.now().getTime();
  }

  /** Uses it up; false when it was already, also by a request that is under way. */
  async spend(tx: Tx, challenge: string): Promise<boolean> {
    // Of the bytes: one challenge can be spelled in more ways than one.
    const hash = createHash('sha256').update(Buffer.from(challenge, 'base64url')).digest();
    const expiresAt = new Date(this.clock.now().getTime() + CHALLENGE_MS);
    const spent = await tx.query(
      `insert into spent_challenges (practice_id, hash, expires_at) values ($1, $2, $3)
       on conflict on constraint spent_challenges_pkey do nothing returning hash`,
      [tx.practiceId, hash, expiresAt],
    );
    return spent.length === 1;
  }

  private async forget(tx: Tx): Promise<void> {
    const expiresAt = LessThan(this.clock.now());
    await tx.manager.delete(SpentChallenge, { practiceId: tx.practiceId, expiresAt });
  }
}
