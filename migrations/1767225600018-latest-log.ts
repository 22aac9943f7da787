import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The way to the log that a client wrote last, whose sharing the next one begins with. */
export class LatestLog1767225600018 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index logs_latest on logs (practice_id, client_id, logged_at desc, id desc)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index logs_latest');
  }
}
