import type { MigrationInterface, QueryRunner } from 'typeorm';

/** That a client checked in and on which day, for an admin's export; what they said stands in the same row, and stays there. */
export class CheckInDays1767225600036 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create policy lookup_sees on check_ins for select to ademruimte_lookup
        using (practice_id = actor.practice_id());
      grant select (practice_id, client_id, coach_id, id, day) on check_ins to ademruimte_lookup;
      create function lookup.check_in_days()
        returns table (practice_id uuid, client_id uuid, coach_id uuid, id uuid, day date)
        language sql stable parallel safe security definer set search_path = public, pg_temp
        begin atomic
          select practice_id, client_id, coach_id, id, day from check_ins
           where practice_id = actor.practice_id() and actor.task() = 'export';
        end;
      grant create on schema lookup to ademruimte_lookup;
      alter function lookup.check_in_days() owner to ademruimte_lookup;
      revoke create on schema lookup from ademruimte_lookup;
      revoke execute on function lookup.check_in_days() from public;
      grant execute on function lookup.check_in_days() to ademruimte_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function lookup.check_in_days();
      revoke select (practice_id, client_id, coach_id, id, day) on check_ins from ademruimte_lookup;
      drop policy lookup_sees on check_ins;
    `);
  }
}
