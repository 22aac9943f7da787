import type { MigrationInterface, QueryRunner } from 'typeorm';

const QUEUE = 'mail-factor-changed';

/**
 * The serving role may ask which migrations have run, so that it does not serve on a database that is too old; and a
 * person is told by mail that a second factor of theirs came or went.
 */
export class AuditedSignIn1767225600032 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      grant select on migrations to ademruimte_lookup;
      create function lookup.migrations_that_ran() returns setof text
        language sql stable security definer set search_path = public, pg_temp
        begin atomic
          select m.name::text from migrations m;
        end;
      grant create on schema lookup to ademruimte_lookup;
      alter function lookup.migrations_that_ran() owner to ademruimte_lookup;
      revoke create on schema lookup from ademruimte_lookup;
      revoke execute on function lookup.migrations_that_ran() from public;
      grant execute on function lookup.migrations_that_ran() to ademruimte_app;

      select jobs.create_queue('${QUEUE}',
        '{"policy": "standard", "retryLimit": 5, "retryDelay": 30, "retryBackoff": true}');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from jobs.job where name = '${QUEUE}';
      select jobs.delete_queue('${QUEUE}');
      drop function lookup.migrations_that_ran();
      revoke select on migrations from ademruimte_lookup;
    `);
  }
}
