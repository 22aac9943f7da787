import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openToCoach, rowsOfAFile } from './support/policies.js';

const TASK = "practice_id = actor.practice_id() and actor.task() = 'data_requests'";
const MAIL = "practice_id = actor.practice_id() and actor.task() = 'mail'";
const EXPORT = "practice_id = actor.practice_id() and actor.task() = 'export'";
const OWN = 'coach_id = actor.user_id() and coach_id = any (actor.approved_coaches())';
const READER =
  'coach_id = any (actor.approved_coaches()) and coach_reader_id = any (actor.approved_coaches())';

/** Which sealed rows leave by themselves only for the coach who sees them, or with their approval; and from here on for their client. */
const SEALED: readonly (readonly [table: string, policy: string, asBefore: string])[] = [
  ['client_details', 'export_reads_own', OWN],
  ['session_details', 'export_reads_own', OWN],
  ['observations', 'export_reads_own', OWN],
  ['observation_details', 'export_reads_own', OWN],
  ['assignment_messages', 'export_reads_own', OWN],
  ['log_details', 'export_reads_own', `${OWN} and sharing <> 'private'`],
  ['log_remarks', 'export_reads_own', `${OWN} and sharing = 'all'`],
  ['check_ins', 'export_reads_own', `${OWN} and sharing <> 'private'`],
  ['check_in_remarks', 'export_reads_own', `${OWN} and sharing = 'all'`],
  ['note_bodies', 'export_reads_approved', READER],
  ['note_addenda', 'export_reads_approved', READER],
  ['client_keys', 'export_reads_approved', 'coach_id = any (actor.approved_coaches())'],
];

/** Copies that clients ask for (AVG art. 15 and 20), for them alone; and the grounds on which a private note stays out of one. */
export class RequestedCopies1767225600040 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table data_requests add column file_until timestamptz(3),
        add constraint data_requests_file_of_a_copy check (file_until is null or kind in ('access', 'portability'));
      grant update (file_until) on data_requests to ademruimte_app;

      alter table exports
        add column data_request_id uuid,
        add column handover text,
        add constraint exports_handover_known check (handover in ('portal', 'passphrase')),
        add constraint exports_handed_over_on_request check ((data_request_id is null) = (handover is null)),
        add constraint exports_request_of_a_client check (data_request_id is null or client_id is not null),
        add constraint exports_request_fkey foreign key (practice_id, data_request_id)
          references data_requests (practice_id, id);
      create index exports_request on exports (practice_id, data_request_id) where data_request_id is not null;
      create policy data_requests_sees on exports for select to ademruimte_app
        using (${TASK} and data_request_id is not null);
      create policy data_requests_adds on exports for insert to ademruimte_app
        with check (${TASK} and data_request_id is not null and status = 'queued');
      create policy mail_sees on exports for select to ademruimte_app using (${MAIL} and handover = 'passphrase');

      create table note_withholdings (
        practice_id uuid not null,
        note_id uuid not null,
        client_id uuid not null,
        coach_id uuid not null,
        ground text not null,
        reason bytea not null,
        recorded_by uuid not null,
        recorded_at timestamptz(3) not null,
        version integer not null,
        constraint note_withholdings_pkey primary key (practice_id, note_id),
        constraint note_withholdings_note_fkey foreign key (practice_id, note_id) references notes (practice_id, id)
          on delete cascade,
        constraint note_withholdings_recorder_fkey foreign key (practice_id, recorded_by)
          references users (practice_id, id),
        constraint note_withholdings_ground_known check (ground in ('rights_of_others', 'protection_of_client'))
      );
      create index note_withholdings_file on note_withholdings (practice_id, client_id);
      create index note_withholdings_recorder on note_withholdings (practice_id, recorded_by);
      ${rowsOfAFile('note_withholdings')}
      ${openToCoach('note_withholdings')}
      create policy export_sees on note_withholdings for select to ademruimte_app using (${EXPORT});
      create policy erasure_sees on note_withholdings for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'erasure' and client_id = actor.erased_client());
      create policy erasure_drops on note_withholdings for delete to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'erasure' and client_id = actor.erased_client());
      grant select, insert, delete on note_withholdings to ademruimte_app;
      grant update (ground, reason, recorded_by, recorded_at, version) on note_withholdings to ademruimte_app;

      -- Whose whole file the copy of this transaction is for.
      create function actor.copied_client() returns uuid language sql stable parallel safe
        return nullif(current_setting('app.copied_client', true), '')::uuid;
      ${SEALED.map(
        ([table, policy, asBefore]) =>
          `alter policy ${policy} on ${table} using (${EXPORT} and (client_id = actor.copied_client() or (${asBefore})));`,
      ).join('\n')}

      select jobs.create_queue('follow-copy', '{"policy": "standard", "retryLimit": 5, "retryDelay": 30, "retryBackoff": true}');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from jobs.job where name = 'follow-copy';
      select jobs.delete_queue('follow-copy');
      ${SEALED.map(
        ([table, policy, asBefore]) =>
          `alter policy ${policy} on ${table} using (${EXPORT} and ${asBefore});`,
      ).join('\n')}
      drop function actor.copied_client;
      drop table note_withholdings;
      drop policy mail_sees on exports;
      drop policy data_requests_adds on exports;
      drop policy data_requests_sees on exports;
      alter table exports no force row level security;
      delete from exports where data_request_id is not null;
      alter table exports force row level security;
      drop index exports_request;
      alter table exports
        drop constraint exports_request_fkey, drop constraint exports_request_of_a_client,
        drop constraint exports_handed_over_on_request, drop constraint exports_handover_known,
        drop column handover, drop column data_request_id;
      alter table data_requests drop column file_until;
    `);
  }
}
