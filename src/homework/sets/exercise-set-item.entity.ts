import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Rhythm } from '../assignments/rhythm.dto.js';
import type { Moment } from '../exercises/exercise.entity.js';

/** One exercise of a set, and how it is meant there. */
@Entity('exercise_set_items')
export class ExerciseSetItem {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  setId: string;

  /** Where it stands among them, from 1. */
  @PrimaryColumn('smallint')
  place: number;

  @Column('uuid')
  exerciseId: string;

  @Column('text')
  moment: Moment;

  @Column({ name: 'rhythm', type: 'text' })
  rhythmKind: Rhythm['kind'];

  @Column('smallint', { nullable: true })
  timesPerDay: number | null;

  /** 1 (Monday) to 7 (Sunday), in order. */
  @Column('smallint', { array: true, nullable: true })
  weekdays: number[] | null;
}
