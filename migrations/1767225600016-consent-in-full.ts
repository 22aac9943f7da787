import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openToTask, rowsOfAFile, visibleToAdmin, visibleToClient } from './support/policies.js';

/** Consent in full: new texts, withdrawal from paper too, and the requests that follow from it. */
export class ConsentInFull1767225600016 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Which law the practice works under decides what a withdrawal sets going.
      alter table practices
        add column regime text not null default 'coach',
        add column regime_reason text,
        add constraint practices_regime_known check (regime in ('coach', 'care_provider')),
        add constraint practices_regime_reasoned check (regime = 'coach' or regime_reason is not null);
      alter table practices alter column regime drop default;
      grant update (regime, regime_reason) on practices to ademruimte_app;

      create policy admin_publishes on consent_texts for insert to ademruimte_app
        with check (practice_id = actor.practice_id() and actor.is_admin());

      -- The owner is subject to the policies too, and has none.
      alter table consents no force row level security;
      alter table practices no force row level security;
      alter table consents add column withdrawn_on date, add column withdrawal_channel text;
      update consents c set withdrawal_channel = 'portal', withdrawn_on = (c.withdrawn_at at time zone p.time_zone)::date
        from practices p where p.id = c.practice_id and c.withdrawn_at is not null;
      alter table consents force row level security;
      alter table practices force row level security;
      alter table consents drop constraint consents_withdrawal_whole;
      alter table consents
        add constraint consents_withdrawal_whole check (
          num_nulls(withdrawn_at, withdrawn_by, withdrawn_on, withdrawal_channel) in (0, 4)
        ),
        add constraint consents_withdrawal_channel_known check (withdrawal_channel in ('paper', 'portal'));
      grant update (withdrawn_on, withdrawal_channel) on consents to ademruimte_app;
      create policy admin_withdraws on consents for update to ademruimte_app
        using (practice_id = actor.practice_id() and actor.is_admin());
      create policy erasure_sees on consents for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'erasure');
      create policy erasure_sees on clients for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'erasure');

      create table data_requests (
        practice_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        coach_id uuid not null,
        kind text not null,
        status text not null,
        consent_id uuid,
        received_on date not null,
        due_on date not null,
        created_at timestamptz(3) not null,
        closed_at timestamptz(3),
        closed_because text,
        version integer not null,
        constraint data_requests_pkey primary key (practice_id, id),
        constraint data_requests_consent_fkey foreign key (practice_id, consent_id)
          references consents (practice_id, id),
        constraint data_requests_consent_key unique (practice_id, consent_id),
        constraint data_requests_kind_known check (
          kind in ('access', 'portability', 'rectification', 'erasure', 'restriction', 'objection')
        ),
        constraint data_requests_status_known check (
          status in ('received', 'confirmed', 'approved', 'running', 'completed', 'refused', 'cancelled')
        ),
        constraint data_requests_consent_is_for_erasure check (consent_id is null or kind = 'erasure'),
        constraint data_requests_due_after_received check (due_on > received_on),
        constraint data_requests_closed_since check (
          (status in ('completed', 'refused', 'cancelled')) = (closed_at is not null)
        ),
        constraint data_requests_closed_because_known check (closed_because in ('consent_given_again')),
        constraint data_requests_closed_for_a_reason check (closed_because is null or closed_at is not null)
      );
      create index data_requests_due on data_requests (practice_id, due_on, id);
      create index data_requests_due_by_status on data_requests (practice_id, status, due_on, id);
      create index data_requests_file on data_requests (practice_id, client_id, id desc);
      create unique index data_requests_one_open_erasure on data_requests (practice_id, client_id)
        where kind = 'erasure' and status in ('received', 'confirmed', 'approved', 'running');
      ${rowsOfAFile('data_requests')}
      ${visibleToClient('data_requests')}
      ${visibleToAdmin('data_requests')}
      ${openToTask('data_requests', 'erasure')}
      grant select, insert on data_requests to ademruimte_app;
      grant update (status, closed_at, closed_because, version) on data_requests to ademruimte_app;

      select jobs.create_queue(
        'follow-consent', '{"policy": "standard", "retryLimit": 20, "retryDelay": 30, "retryBackoff": true}');

      -- The timeline of a file goes along these, newest first, a page of each kind.
      create index notes_of_file_in_time on notes (practice_id, client_id, created_at desc, id desc);
      create index assignments_of_file_in_time on assignments (practice_id, client_id, created_at desc, id desc);
      create index assignments_of_file_ended on assignments (practice_id, client_id, ended_at desc, id desc)
        where ended_at is not null;
      create index assignment_pauses_of_file_in_time
        on assignment_pauses (practice_id, client_id, paused_at desc, id desc);
      create index assignment_pauses_of_file_resumed
        on assignment_pauses (practice_id, client_id, resumed_at desc, id desc) where resumed_at is not null;
      create index logs_shared_in_time on logs (practice_id, client_id, logged_at desc, id desc)
        where sharing <> 'private';
      create index consents_of_file_in_time on consents (practice_id, client_id, recorded_at desc, id desc);
      create index consents_of_file_withdrawn on consents (practice_id, client_id, withdrawn_at desc, id desc)
        where withdrawn_at is not null;
      create index file_transfers_of_file_in_time on file_transfers (practice_id, client_id, decided_at desc, id desc);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop index file_transfers_of_file_in_time, consents_of_file_withdrawn, consents_of_file_in_time,
        logs_shared_in_time, assignment_pauses_of_file_resumed, assignment_pauses_of_file_in_time,
        assignments_of_file_ended, assignments_of_file_in_time, notes_of_file_in_time;
      select jobs.delete_queue('follow-consent');
      drop table data_requests;
      drop policy erasure_sees on clients;
      drop policy erasure_sees on consents;
      drop policy admin_withdraws on consents;
      alter table consents
        drop constraint consents_withdrawal_channel_known,
        drop constraint consents_withdrawal_whole,
        drop column withdrawn_on,
        drop column withdrawal_channel,
        add constraint consents_withdrawal_whole check ((withdrawn_at is null) = (withdrawn_by is null));
      drop policy admin_publishes on consent_texts;
      alter table practices drop column regime, drop column regime_reason;
    `);
  }
}
