import { Injectable, type OnModuleInit } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { Clock } from '../common/clock.js';
import type { Tx } from '../database/tx.js';
import { Housekeeping } from '../jobs/housekeeping.js';
import { RefreshToken } from './refresh-token.entity.js';

const KEPT_MS = 86_400_000;

/** A refresh token that ended a day ago tells nothing any more, not even that it was used twice. */
@Injectable()
export class ExpiredTokens implements OnModuleInit {
  constructor(
    private readonly housekeeping: Housekeeping,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.housekeeping.add('expired refresh tokens', (tx) => this.drop(tx));
  }

  private async drop(tx: Tx): Promise<void> {
    const expiresAt = LessThan(new Date(this.clock.now().getTime() - KEPT_MS));
    await tx.manager.delete(RefreshToken, { practiceId: tx.practiceId, expiresAt });
  }
}
