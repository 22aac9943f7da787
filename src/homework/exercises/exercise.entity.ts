import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import type { APPROACHES, MOMENTS, TECHNIQUES } from '../../common/vocabulary.js';
import { InstantColumn } from '../../database/columns.js';
import { nothingToPublish, wrongExerciseState } from './exercise.errors.js';

export const EXERCISE_STATUSES = ['draft', 'published', 'retired'] as const;
export type ExerciseStatus = (typeof EXERCISE_STATUSES)[number];

export const EXERCISE_RHYTHMS = ['free', 'daily'] as const;
export type ExerciseRhythm = (typeof EXERCISE_RHYTHMS)[number];

export type Technique = keyof typeof TECHNIQUES;
export type Approach = keyof typeof APPROACHES;
export type Moment = keyof typeof MOMENTS;

/** An entry of the practice's catalogue; what it says stands in its versions. */
@Entity('exercises')
export class Exercise {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  status: ExerciseStatus;

  /** What is given to clients. */
  @Column('integer', { nullable: true })
  publishedVersion: number | null;

  /** What is being written, and may still change. */
  @Column('integer', { nullable: true })
  draftVersion: number | null;

  /** The practice's own words to find it by; they are of the entry and not of a version, and change at once. */
  @Column('text', { array: true, default: [] })
  tags: string[];

  @InstantColumn()
  createdAt: Date;

  @VersionColumn()
  version: number;

  get isPublished(): boolean {
    return this.status === 'published';
  }

  /**
   * The version to write in: what was published is what clients were given and never changes, so a change
   * of it begins the next.
   */
  draft(): number {
    this.expectInUse();
    this.draftVersion ??= (this.publishedVersion ?? 0) + 1;
    return this.draftVersion;
  }

  /** @throws Problem 409 `wrong-state`: what is retired stays as it was */
  expectInUse(): void {
    if (this.status === 'retired') throw wrongExerciseState(this.status, ['draft', 'published']);
  }

  publish(): void {
    this.expectInUse();
    if (this.draftVersion === null) throw nothingToPublish();
    this.publishedVersion = this.draftVersion;
    this.draftVersion = null;
    this.status = 'published';
  }

  /** It is assigned no more; who has it as homework keeps it. A draft of a next version goes no further. */
  retire(): void {
    if (!this.isPublished) throw wrongExerciseState(this.status, ['published']);
    this.draftVersion = null;
    this.status = 'retired';
  }
}
