import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import type { Tx } from '../database/tx.js';
import { OneTimeToken } from './one-time-token.entity.js';
import { invitationNotUsable } from './user.errors.js';
import { newSecretCode } from './secret-code.js';

const VALID_DAYS = 7;

/** Invitations to begin using the portal: made by the system tasks that send them, used once. */
@Injectable()
export class Invitations {
  constructor(private readonly clock: Clock) {}

  /** @returns the code; it cannot be shown again */
  async mint(tx: Tx, invited: { userId: string } | { clientId: string }): Promise<string> {
    const now = this.clock.now();
    const { code, hash } = newSecretCode(tx.practiceId);
    await tx.manager.insert(OneTimeToken, {
      practiceId: tx.practiceId,
      id: newId(now),
      purpose: 'invitation',
      ...invited,
      hash,
      createdAt: now,
      expiresAt: new Date(now.getTime() + VALID_DAYS * 86_400_000),
    });
    return code;
  }

  /**
   * Takes an invitation; nobody can take it again.
   * @throws Problem 404 `invitation-not-usable`, one and the same for unknown, used and expired
   */
  async take(tx: Tx, hash: Buffer): Promise<OneTimeToken> {
    const token = await tx.manager.findOne(OneTimeToken, {
      where: { practiceId: tx.practiceId, hash, purpose: 'invitation' },
      lock: { mode: 'pessimistic_write' },
    });
    const now = this.clock.now();
    if (!token?.isUsable(now)) throw invitationNotUsable();
    token.usedAt = now;
    return tx.manager.save(token);
  }
}
