import { Injectable } from '@nestjs/common';
import { IsNull, MoreThan } from 'typeorm';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import type { Tx } from '../database/tx.js';
import { addressHash, OneTimeToken } from './one-time-token.entity.js';
import { invitationNotUsable } from './user.errors.js';
import { newSecretCode } from './secret-code.js';

const VALID_DAYS = 7;

/** Invitations to begin using the portal: made by the system tasks that send them, used once. */
@Injectable()
export class Invitations {
  constructor(private readonly clock: Clock) {}

  /**
   * Makes an invitation; those that the same person was sent before stop working. Hold the person `for update`.
   * @param email where it is mailed to: it works as long as that is the person's address
   * @returns the code; it cannot be shown again
   */
  async mint(tx: Tx, invited: { userId: string } | { clientId: string }, email: string): Promise<string> {
    const now = this.clock.now();
    await tx.manager.update(
      OneTimeToken,
      {
        practiceId: tx.practiceId,
        purpose: 'invitation',
        ...invited,
        usedAt: IsNull(),
        expiresAt: MoreThan(now),
      },
      { expiresAt: now },
    );
    const { code, hash } = newSecretCode(tx.practiceId);
    await tx.manager.insert(OneTimeToken, {
      practiceId: tx.practiceId,
      id: newId(now),
      purpose: 'invitation',
      ...invited,
      hash,
      sentTo: addressHash(email),
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
