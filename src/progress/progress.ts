import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { addDays, dayIn } from '../common/day.js';
import { notFound } from '../common/problems.js';
import type { Tx } from '../database/tx.js';
import { endsBeforeItBegins, tooManyDays } from './progress.errors.js';
import type { ProgressView } from './progress.dto.js';
import { figuresOf } from './progress-figures.js';
import { type Asks, daysTold, progressOf } from './progress.queries.js';

/** A picture of longer ago is another picture. */
const MOST_YEARS = 3;

/** First and last day, where the practice is; what is left out is twelve weeks up to today. */
export interface Range {
  readonly from?: string;
  readonly to?: string;
}

/** How it goes with one client, for whatever shows it: the API, a picture, a dossier. */
@Injectable()
export class Progress {
  constructor(private readonly clock: Clock) {}

  /** As the file's coach may see it: only what the client shares is counted. @throws Problem 404, 422 */
  ofCoach(tx: Tx, coachId: string, clientId: string, range: Range = {}): Promise<ProgressView> {
    return this.figures(tx, { clientId, coachId, isShared: true }, range);
  }

  /** As the client sees it: all of their own. @throws Problem 404, 422 */
  of(tx: Tx, clientId: string, range: Range = {}): Promise<ProgressView> {
    return this.figures(tx, { clientId, isShared: false }, range);
  }

  /**
   * All that is told of a client, the last three years of it; for a copy of their file, in the moment that is copied.
   * @returns nothing where nothing is told yet
   */
  async ofWholeFile(
    asks: Asks,
    whose: { readonly clientId: string; readonly isShared: boolean },
  ): Promise<ProgressView | undefined> {
    const told = await daysTold(asks, { ...whose, most: MOST_YEARS * 365 });
    return told && this.figures(asks, whose, told);
  }

  private async figures(
    tx: Asks,
    whose: { readonly clientId: string; readonly coachId?: string; readonly isShared: boolean },
    { from, to }: Range,
  ): Promise<ProgressView> {
    const now = this.clock.now();
    expectRange(from, to ?? dayIn('UTC', now));
    if (from && to && to < from) throw endsBeforeItBegins();
    const row = await progressOf(tx, { ...whose, from, to, now });
    if (!row) throw notFound();
    return figuresOf(row, whose.isShared ? 'shared' : 'all');
  }
}

function expectRange(from: string | undefined, last: string): void {
  if (from !== undefined && addDays(from, MOST_YEARS * 366) < last) throw tooManyDays(MOST_YEARS);
}
