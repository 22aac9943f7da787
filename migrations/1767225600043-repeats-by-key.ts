import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A repeat is found by its key. Beside an index by age the planner, who reckons with the few rows that the table held when
 * it was looked at last, could read all that the practice asked in a day instead; what drops old rows finds those of a
 * practice along the key too.
 */
export class RepeatsByKey1767225600043 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('drop index repeated_requests_age');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('create index repeated_requests_age on repeated_requests (practice_id, made_at)');
  }
}
