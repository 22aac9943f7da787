import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { newId } from '../../common/id.js';
import type { Tx } from '../../database/tx.js';
import { Exercise } from './exercise.entity.js';
import { columnsOf } from './exercise-content.js';
import { ExerciseVersion } from './exercise-version.entity.js';
import { STARTING_EXERCISES } from './starting-exercises.js';

/** Gives a new practice something to assign on its first day, published; a practice edits and extends it. */
@Injectable()
export class StartingCatalogue {
  constructor(private readonly clock: Clock) {}

  async plant(tx: Tx): Promise<void> {
    const now = this.clock.now();
    const { practiceId } = tx;
    // A millisecond apart, so that the catalogue reads in the order it is written in.
    const planted = STARTING_EXERCISES.map((content, i) => ({
      id: newId(new Date(now.getTime() + i)),
      content,
    }));
    await tx.manager.insert(
      Exercise,
      planted.map(({ id }) => ({
        practiceId,
        id,
        status: 'published' as const,
        publishedVersion: 1,
        draftVersion: null,
        createdAt: now,
      })),
    );
    await tx.manager.insert(
      ExerciseVersion,
      planted.map(({ id, content }) => ({
        practiceId,
        exerciseId: id,
        version: 1,
        ...columnsOf(content),
        writtenBy: null,
        writtenAt: now,
        publishedAt: now,
      })),
    );
  }
}
