import { Injectable } from '@nestjs/common';
import type { Tx } from '../database/tx.js';
import type { OneTimeToken } from './one-time-token.entity.js';
import { OneTimeTokens } from './one-time-tokens.js';
import { invitationNotUsable } from './user.errors.js';

/** Invitations to begin using the portal: made by the system tasks that send them, used once. */
@Injectable()
export class Invitations {
  constructor(private readonly tokens: OneTimeTokens) {}

  /**
   * Makes an invitation; those that the same person was sent before stop working.
   * @param email where it is mailed to: it works as long as that is the person's address
   * @returns the code; it cannot be shown again
   */
  async mint(tx: Tx, invited: { userId: string } | { clientId: string }, email: string): Promise<string> {
    // Without a job it cannot come too late.
    return (await this.tokens.mint(tx, { purpose: 'invitation', person: invited, email }))!;
  }

  /** The same for a mail. @returns nothing when the mail was overtaken by a later one */
  mintFor(
    jobId: string,
    tx: Tx,
    invited: { userId: string } | { clientId: string },
    email: string,
  ): Promise<string | undefined> {
    return this.tokens.mint(tx, { purpose: 'invitation', person: invited, email, jobId });
  }

  /**
   * Takes an invitation; nobody can take it again.
   * @throws Problem 404 `invitation-not-usable`, one and the same for unknown, used and expired
   */
  async take(tx: Tx, hash: Buffer): Promise<OneTimeToken> {
    const token = await this.tokens.take(tx, 'invitation', hash);
    if (!token) throw invitationNotUsable();
    return token;
  }
}
