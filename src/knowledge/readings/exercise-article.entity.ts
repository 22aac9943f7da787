import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An article that stands beside an exercise. */
@Entity('exercise_articles')
export class ExerciseArticle {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  exerciseId: string;

  @PrimaryColumn('uuid')
  articleId: string;

  /** Where it stands among them, from 1. */
  @Column('smallint')
  place: number;
}
