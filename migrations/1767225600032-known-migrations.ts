import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The serving role may see which migrations have run, so that it does not serve on a database that is too old. */
export class KnownMigrations1767225600032 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('grant select on migrations to ademruimte_app;');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('revoke select on migrations from ademruimte_app;');
  }
}
