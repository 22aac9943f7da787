import type { MigrationInterface, QueryRunner } from 'typeorm';
import { secured } from './support/policies.js';

/** Coach and admin write what the catalogue holds; it is about nobody, and a client is shown what they were given. */
const writtenByPractice = (table: string): string => `
  ${secured(table)}
  create policy coach on ${table} to ademruimte_app
    using (practice_id = actor.practice_id() and actor.coach_id() is not null);
  create policy admin on ${table} to ademruimte_app
    using (practice_id = actor.practice_id() and actor.is_admin());`;

/** Exercises that belong together, given to a client in one go. */
export class ExerciseSets1767225600020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table exercise_sets (
        practice_id uuid not null,
        id uuid not null,
        name text not null,
        created_at timestamptz(3) not null,
        version integer not null,
        constraint exercise_sets_pkey primary key (practice_id, id),
        constraint exercise_sets_practice_fkey foreign key (practice_id) references practices (id)
      );
      ${writtenByPractice('exercise_sets')}
      grant select, insert, delete on exercise_sets to ademruimte_app;
      grant update (name, version) on exercise_sets to ademruimte_app;

      create table exercise_set_items (
        practice_id uuid not null,
        set_id uuid not null,
        place smallint not null,
        exercise_id uuid not null,
        moment text not null,
        rhythm text not null,
        times_per_day smallint,
        weekdays smallint[],
        constraint exercise_set_items_pkey primary key (practice_id, set_id, place),
        constraint exercise_set_items_set_fkey foreign key (practice_id, set_id)
          references exercise_sets (practice_id, id) on delete cascade,
        constraint exercise_set_items_exercise_fkey foreign key (practice_id, exercise_id)
          references exercises (practice_id, id),
        constraint exercise_set_items_place_range check (place between 1 and 10),
        constraint exercise_set_items_moment_known check (moment in ('morning', 'transition', 'before_sleep', 'any')),
        constraint exercise_set_items_rhythm_whole check (
          (rhythm = 'free' and times_per_day is null and weekdays is null)
          or (rhythm = 'scheduled' and times_per_day is not null and weekdays is not null)
        ),
        constraint exercise_set_items_times_per_day_range check (times_per_day between 1 and 12),
        constraint exercise_set_items_weekdays_range check (
          weekdays <@ array[1, 2, 3, 4, 5, 6, 7]::smallint[] and cardinality(weekdays) between 1 and 7
        )
      );
      create index exercise_set_items_exercise on exercise_set_items (practice_id, exercise_id);
      ${writtenByPractice('exercise_set_items')}
      grant select, insert, delete on exercise_set_items to ademruimte_app;

      -- One id for what was given in one go, so that the request that gave it can be told again.
      alter table assignments add column given_together uuid;
      create index assignments_given_together on assignments (practice_id, given_together)
        where given_together is not null;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index assignments_given_together;
      alter table assignments drop column given_together;
      drop table exercise_set_items, exercise_sets;
    `);
  }
}
