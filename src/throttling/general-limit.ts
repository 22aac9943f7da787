import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Settings } from '../config/settings.js';

const WINDOW_MS = 60_000;

/**
 * What one caller may ask of this process in a minute, whatever it is. It stops a script that ran wild and not an
 * attack, so it is counted here and costs no question to the database.
 */
@Injectable()
export class GeneralLimit {
  readonly policy: string;
  private readonly most: number;
  private window = 0;
  private readonly counts = new Map<string, number>();

  constructor(
    private readonly clock: Clock,
    { requestsPerMinute }: Settings,
  ) {
    this.most = requestsPerMinute;
    this.policy = `"general";q=${requestsPerMinute};w=${WINDOW_MS / 1000}`;
  }

  /** @returns how many more there may be, below zero when there were too many, and when counting starts anew */
  take(caller: string): { left: number; seconds: number } {
    const now = this.clock.now().getTime();
    const window = Math.floor(now / WINDOW_MS);
    if (window !== this.window) {
      this.window = window;
      this.counts.clear();
    }
    const count = (this.counts.get(caller) ?? 0) + 1;
    this.counts.set(caller, count);
    return { left: this.most - count, seconds: Math.ceil(((window + 1) * WINDOW_MS - now) / 1000) };
  }
}
