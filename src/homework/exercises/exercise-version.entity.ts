import { Column, Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn } from '../../database/columns.js';
import type { MediaKind } from '../media/exercise-medium.entity.js';
import type { Approach, ExerciseRhythm, Moment, Technique } from './exercise.entity.js';

/** What an exercise says, in both languages; fixed from its publication on. */
@Entity('exercise_versions')
export class ExerciseVersion {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  exerciseId: string;

  @PrimaryColumn('integer')
  version: number;

  @Column('text')
  titleNl: string;

  @Column('text')
  titleEn: string;

  @Column('text')
  purposeNl: string;

  @Column('text')
  purposeEn: string;

  @Column('text', { array: true })
  stepsNl: string[];

  @Column('text', { array: true })
  stepsEn: string[];

  @Column('text', { nullable: true })
  cautionsNl: string | null;

  @Column('text', { nullable: true })
  cautionsEn: string | null;

  @Column('text')
  technique: Technique;

  @Column('text')
  approach: Approach;

  @Column('text')
  moment: Moment;

  @Column('smallint')
  minutes: number;

  @Column('text')
  rhythm: ExerciseRhythm;

  /** Whether there is something to hear or see, and where: elsewhere, or among what the practice uploaded. */
  @Column('text', { nullable: true })
  mediaKind: MediaKind | null;

  @Column('text', { nullable: true })
  mediaUrl: string | null;

  @Column('uuid', { nullable: true })
  mediaId: string | null;

  /** Nobody wrote what a practice starts with. */
  @Column('uuid', { nullable: true })
  writtenBy: string | null;

  @InstantColumn()
  writtenAt: Date;

  @InstantColumn({ nullable: true })
  publishedAt: Date | null;
}
