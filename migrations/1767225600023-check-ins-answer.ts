import type { MigrationInterface, QueryRunner } from 'typeorm';

const TASK = "practice_id = actor.practice_id() and actor.task() = 'reminders'";

/** Who looked back on their week was there: that too is an answer to a reminder. */
export class CheckInsAnswer1767225600023 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      `create policy reminders_sees on check_ins for select to ademruimte_app using (${TASK})`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop policy reminders_sees on check_ins');
  }
}
