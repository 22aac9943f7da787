import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { Clock } from '../../common/clock.js';
import type { Tx } from '../../database/tx.js';
import { Housekeeping } from '../../jobs/housekeeping.js';
import { ExerciseMedium } from './exercise-medium.entity.js';
import { dropUnused } from './exercise-medium.queries.js';
import { MediaFiles } from './media-files.js';

/** Between the upload and the exercise that is to have it lies a page that somebody is still filling in. */
const GRACE_MS = 24 * 3_600_000;

/**
 * A recording that no version of an exercise refers to goes after a day. The file goes a round later than its row:
 * a round that is taken back then leaves no row without its file.
 */
@Injectable()
export class UnusedMedia implements OnModuleInit {
  constructor(
    private readonly housekeeping: Housekeeping,
    private readonly files: MediaFiles,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.housekeeping.add('unused media', (tx) => this.drop(tx));
  }

  private async drop(tx: Tx): Promise<void> {
    const before = new Date(this.clock.now().getTime() - GRACE_MS);
    const media = await tx.manager.findBy(ExerciseMedium, { practiceId: tx.practiceId });
    await this.files.sweep(tx.practiceId, new Set(media.map(({ id }) => id)), before);
    const rowCount = await dropUnused(tx, before);
    if (rowCount > 0) this.audit.record(tx, { event: 'exercise_media.dropped', rowCount });
  }
}
