import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Housekeeping } from '../jobs/housekeeping.js';

/** What is forgotten goes from the table too. It is of no practice: the first round of the hour finds it all. */
@Injectable()
export class ForgottenAttempts implements OnModuleInit {
  constructor(
    private readonly housekeeping: Housekeeping,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.housekeeping.add('forgotten attempts', async (tx) => {
      await tx.manager.query('delete from throttles where forgotten_at < $1', [this.clock.now()]);
    });
  }
}
