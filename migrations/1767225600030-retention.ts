import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openToTask, rowsOfAFile } from './support/policies.js';

const TASK = "practice_id = actor.practice_id() and actor.task() = 'retention'";
/** What decides when the term of a file ends, and whether something keeps it; the key also seals a hold's reason. */
const READ = ['clients', 'client_keys', 'sessions', 'data_requests'];
const QUEUE = 'end-terms';

/** How long files are kept, what holds one back, and the task that sees to it every night. */
export class Retention1767225600030 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table practices
        add column file_years smallint,
        add column file_years_reason text,
        add constraint practices_file_years_range check (file_years between 1 and 40),
        add constraint practices_file_years_reasoned check ((file_years is null) = (file_years_reason is null)),
        -- A care provider keeps a file for twenty years at least (BW art. 7:454).
        add constraint practices_file_years_of_regime check (regime <> 'care_provider' or file_years >= 20);
      grant update (file_years, file_years_reason) on practices to ademruimte_app;

      create table retention_holds (
        practice_id uuid not null,
        client_id uuid not null,
        coach_id uuid not null,
        reason bytea not null,
        placed_by uuid not null,
        placed_at timestamptz(3) not null,
        version integer not null,
        constraint retention_holds_pkey primary key (practice_id, client_id),
        constraint retention_holds_placer_fkey foreign key (practice_id, placed_by) references users (practice_id, id)
      );
      create index retention_holds_placer on retention_holds (practice_id, placed_by);
      ${rowsOfAFile('retention_holds')}
      ${openToTask('retention_holds', 'retention')}
      grant select, insert, delete on retention_holds to ademruimte_app;
      grant update (reason, placed_by, placed_at, version) on retention_holds to ademruimte_app;

      ${READ.map((table) => `create policy retention_sees on ${table} for select to ademruimte_app using (${TASK});`).join('\n')}
      create policy retention_asks on data_requests for insert to ademruimte_app
        with check (${TASK} and kind = 'erasure' and status = 'received');
      -- What was kept for the tax office alone, once its years are over.
      create policy retention_drops on sessions for delete to ademruimte_app using (${TASK});

      select jobs.create_queue('${QUEUE}', '{"policy": "stately", "retryLimit": 2}');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from jobs.job where name = '${QUEUE}';
      select jobs.delete_queue('${QUEUE}');
      drop policy retention_drops on sessions;
      drop policy retention_asks on data_requests;
      ${READ.map((table) => `drop policy retention_sees on ${table};`).join('\n')}
      drop table retention_holds;
      alter table practices drop column file_years, drop column file_years_reason;
    `);
  }
}
