import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { InstantColumn } from '../../database/columns.js';

/** Exercises of the catalogue that belong together, under a name. It is about nobody. */
@Entity('exercise_sets')
export class ExerciseSet {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  name: string;

  @InstantColumn()
  createdAt: Date;

  @VersionColumn()
  version: number;
}
