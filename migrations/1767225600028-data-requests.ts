import type { MigrationInterface, QueryRunner } from 'typeorm';

const TASK = "practice_id = actor.practice_id() and actor.task() = 'data_requests'";
const MAIL = "practice_id = actor.practice_id() and actor.task() = 'mail'";
/** What answering a request reads beside it: whose it is, and the key under which its words are. */
const READ = ['clients', 'client_keys'];
const QUEUE = 'mail-data-request';

/** Requests under the AVG, from the question to the answer: who asks what, by when, and what became of it. */
export class DataRequests1767225600028 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table data_requests
        add column channel text not null default 'system',
        add column details bytea,
        add column extended_on date,
        add column extension_reason bytea,
        add column refusal_ground text,
        add column answer bytea,
        add column decided_by uuid,
        add column decided_at timestamptz(3),
        add column erases_on date,
        add constraint data_requests_channel_known check (channel in ('portal', 'paper', 'coach', 'system')),
        add constraint data_requests_extended_for_a_reason check ((extended_on is null) = (extension_reason is null)),
        add constraint data_requests_ground_known check (refusal_ground in (
          'identity_unproven', 'legal_duty', 'legal_claims', 'rights_of_others', 'unfounded', 'not_held')),
        add constraint data_requests_ground_of_refusal check (refusal_ground is null or status = 'refused'),
        add constraint data_requests_decided_by_somebody check ((decided_by is null) = (decided_at is null)),
        add constraint data_requests_erases_once_approved check (
          erases_on is null or (kind = 'erasure' and status in ('approved', 'running', 'completed', 'cancelled'))),
        add constraint data_requests_decider_fkey foreign key (practice_id, decided_by)
          references users (practice_id, id),
        drop constraint data_requests_closed_because_known,
        add constraint data_requests_closed_because_known check (
          closed_because in ('consent_given_again', 'taken_back', 'called_off'));
      create index data_requests_decider on data_requests (practice_id, decided_by);
      -- What is asked already is not asked twice; each correction is a request of its own.
      create unique index data_requests_one_open_of_a_kind on data_requests (practice_id, client_id, kind)
        where kind in ('access', 'portability', 'restriction', 'objection')
          and status in ('received', 'confirmed', 'approved', 'running');
      -- Whose data are to be left alone: every job asks.
      create index data_requests_holding on data_requests (practice_id, client_id)
        where kind in ('restriction', 'objection') and status in ('received', 'confirmed', 'approved', 'running');
      grant update (due_on, extended_on, extension_reason, refusal_ground, answer, decided_by, decided_at, erases_on)
        on data_requests to ademruimte_app;

      create policy data_requests_sees on data_requests for select to ademruimte_app using (${TASK});
      create policy data_requests_adds on data_requests for insert to ademruimte_app with check (${TASK});
      create policy data_requests_changes on data_requests for update to ademruimte_app using (${TASK});
      ${READ.map((table) => `create policy data_requests_sees on ${table} for select to ademruimte_app using (${TASK});`).join('\n')}
      create policy reminders_sees on data_requests for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'reminders');
      create policy mail_sees on data_requests for select to ademruimte_app using (${MAIL});
      -- Who has no login is written to at the address in their file.
      create policy mail_sees on clients for select to ademruimte_app using (${MAIL});

      select jobs.create_queue(
        '${QUEUE}', '{"policy": "standard", "retryLimit": 5, "retryDelay": 30, "retryBackoff": true}');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from jobs.job where name = '${QUEUE}';
      select jobs.delete_queue('${QUEUE}');
      drop policy mail_sees on clients;
      drop policy mail_sees on data_requests;
      drop policy reminders_sees on data_requests;
      ${READ.map((table) => `drop policy data_requests_sees on ${table};`).join('\n')}
      drop policy data_requests_changes on data_requests;
      drop policy data_requests_adds on data_requests;
      drop policy data_requests_sees on data_requests;
      drop index data_requests_holding, data_requests_one_open_of_a_kind, data_requests_decider;
      revoke update (due_on) on data_requests from ademruimte_app;
      alter table data_requests no force row level security;
      update data_requests set closed_because = null where closed_because <> 'consent_given_again';
      alter table data_requests force row level security;
      alter table data_requests
        drop constraint data_requests_closed_because_known,
        add constraint data_requests_closed_because_known check (closed_because in ('consent_given_again')),
        drop constraint data_requests_ground_of_refusal,
        drop constraint data_requests_erases_once_approved,
        drop column channel, drop column details, drop column extended_on, drop column extension_reason,
        drop column refusal_ground, drop column answer, drop column decided_by, drop column decided_at,
        drop column erases_on;
    `);
  }
}
