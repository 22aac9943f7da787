import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openToTask, secured } from './support/policies.js';

/** Exports: who took which records out of the system, why, and how far that is. */
export class Exports1767225600006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table exports (
        practice_id uuid not null,
        id uuid not null,
        requested_by uuid not null,
        records text not null,
        format text not null,
        purpose text not null,
        from_on date,
        to_on date,
        client_id uuid,
        coach_id uuid,
        status text not null,
        rows_done integer not null,
        rows_total integer,
        bytes bigint,
        sha256 text,
        failure text,
        created_at timestamptz(3) not null,
        finished_at timestamptz(3),
        expires_at timestamptz(3),
        version integer not null,
        constraint exports_pkey primary key (practice_id, id),
        constraint exports_requester_fkey foreign key (practice_id, requested_by) references users (practice_id, id),
        constraint exports_client_fkey foreign key (practice_id, client_id) references clients (practice_id, id),
        constraint exports_coach_fkey foreign key (practice_id, coach_id) references users (practice_id, id),
        constraint exports_records_known check (records in ('clients', 'sessions', 'assignments', 'logs')),
        constraint exports_format_known check (format in ('csv', 'json')),
        constraint exports_status_known check (
          status in ('queued', 'running', 'ready', 'streamed', 'expired', 'failed', 'cancelled')
        ),
        constraint exports_finished_is_whole check (
          status not in ('ready', 'streamed', 'expired') or num_nulls(bytes, sha256, finished_at) = 0
        ),
        constraint exports_file_expires check (status not in ('ready', 'expired') or expires_at is not null),
        constraint exports_failed_for_a_reason check ((status = 'failed') = (failure is not null))
      );
      create index exports_requester on exports (practice_id, requested_by, id desc);
      create index exports_client on exports (practice_id, client_id);
      create index exports_coach on exports (practice_id, coach_id);
      create index exports_expiry on exports (practice_id, expires_at) where status = 'ready';
      create index exports_unfinished on exports (practice_id, created_at) where status in ('queued', 'running');
      ${secured('exports')}
      create policy admin on exports to ademruimte_app
        using (practice_id = actor.practice_id() and actor.is_admin());
      ${openToTask('exports', 'export')}
      ${openToTask('exports', 'housekeeping')}
      grant select, insert on exports to ademruimte_app;
      grant update (status, rows_done, rows_total, bytes, sha256, failure, finished_at, expires_at, version)
        on exports to ademruimte_app;

      -- A cell that a spreadsheet would run as a formula gets an apostrophe before it (OWASP, CSV injection); a plain
      -- E.164 phone number begins with + and is not one.
      create function spreadsheet_safe(cell text) returns text language sql immutable parallel safe
        return case
          when cell ~ '^\\s*[=+\\-@\\t\\r\\n＝＋－＠]' and cell !~ '^\\+[1-9][0-9]{1,14}$' then '''' || cell
          else cell
        end;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function spreadsheet_safe; drop table exports');
  }
}
