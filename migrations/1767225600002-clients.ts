import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  openToClient,
  openToCoach,
  openToTask,
  rowsOfAFile,
  secured,
  visibleToAdmin,
  visibleToClient,
} from './support/policies.js';

/** The client's file, what was told at intake, the client's key, and consent. */
export class Clients1767225600002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table clients (
        practice_id uuid not null,
        id uuid not null,
        coach_id uuid not null,
        user_id uuid,
        name text not null,
        sort_name text not null generated always as (lower(name)) stored,
        email text,
        phone text,
        company text,
        language text not null,
        status text not null,
        consent_id uuid,
        created_at timestamptz(3) not null,
        invited_at timestamptz(3),
        closed_at timestamptz(3),
        version integer not null,
        constraint clients_pkey primary key (practice_id, id),
        constraint clients_file_key unique (practice_id, id, coach_id),
        constraint clients_user_key unique (practice_id, user_id),
        constraint clients_coach_fkey foreign key (practice_id, coach_id) references users (practice_id, id),
        constraint clients_user_fkey foreign key (practice_id, user_id) references users (practice_id, id),
        constraint clients_status_known check (status in ('prospect', 'active', 'paused', 'closed')),
        constraint clients_closed_since check ((status = 'closed') = (closed_at is not null)),
        constraint clients_language_known check (language in ('nl', 'en')),
        constraint clients_email_lower check (email = lower(email))
      );
      create index clients_of_coach on clients (practice_id, coach_id, sort_name, id);
      create index clients_of_coach_by_status on clients (practice_id, coach_id, status, sort_name, id);
      create index clients_of_practice on clients (practice_id, sort_name, id);
      create index clients_of_practice_by_status on clients (practice_id, status, sort_name, id);
      create index clients_consent on clients (practice_id, consent_id);
      ${secured('clients')}
      ${openToCoach('clients')}
      create policy client_sees on clients for select to ademruimte_app
        using (practice_id = actor.practice_id() and id = actor.client_id());
      create policy client_consents on clients for update to ademruimte_app
        using (practice_id = actor.practice_id() and id = actor.client_id());
      create policy admin on clients to ademruimte_app
        using (practice_id = actor.practice_id() and actor.is_admin());
      ${openToTask('clients', 'transfer')}
      ${openToTask('clients', 'invitation')}
      create policy sign_in_sees on clients for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'sign_in');
      create policy export_sees on clients for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'export');
      grant select, insert on clients to ademruimte_app;
      grant update (coach_id, user_id, name, email, phone, company, language, status, consent_id, invited_at, closed_at,
        version) on clients to ademruimte_app;

      -- Policies hide rows, not columns: of their own file a client changes the consent and nothing else.
      create function clients_change_own_consent() returns trigger language plpgsql as $$
      begin
        if actor.client_id() = old.id and actor.coach_id() is distinct from old.coach_id
          and not actor.is_admin() and actor.task() is null
          and to_jsonb(new) - array['consent_id', 'version', 'sort_name'] is distinct from
              to_jsonb(old) - array['consent_id', 'version', 'sort_name']
        then
          raise exception 'a client changes no more than their consent' using errcode = 'insufficient_privilege';
        end if;
        return new;
      end $$;
      create trigger clients_change_own_consent before update on clients
        for each row when (current_user = 'ademruimte_app') execute function clients_change_own_consent();

      alter table one_time_tokens add constraint one_time_tokens_client_fkey
        foreign key (practice_id, client_id) references clients (practice_id, id);
      create index one_time_tokens_client on one_time_tokens (practice_id, client_id);

      -- What is about health and stress stands apart from identity: an admin has no policy here.
      create table client_details (
        practice_id uuid not null,
        client_id uuid not null,
        coach_id uuid not null,
        question bytea,
        stress_kind text,
        stress_since date,
        stressors text[] not null,
        stress_signals text[] not null,
        blockers text[] not null,
        version integer not null,
        constraint client_details_pkey primary key (practice_id, client_id),
        constraint client_details_stress_kind_known check (stress_kind in ('acute', 'chronic'))
      );
      ${rowsOfAFile('client_details')}
      ${openToCoach('client_details')}
      ${visibleToClient('client_details')}
      grant select, insert on client_details to ademruimte_app;
      grant update (question, stress_kind, stress_since, stressors, stress_signals, blockers, version)
        on client_details to ademruimte_app;

      -- The client's own data key, wrapped by the key of the installation.
      create table client_keys (
        practice_id uuid not null,
        client_id uuid not null,
        coach_id uuid not null,
        wrapped bytea not null,
        created_at timestamptz(3) not null,
        constraint client_keys_pkey primary key (practice_id, client_id)
      );
      ${rowsOfAFile('client_keys')}
      ${openToCoach('client_keys')}
      ${visibleToClient('client_keys')}
      create policy admin_makes on client_keys for insert to ademruimte_app
        with check (practice_id = actor.practice_id() and actor.is_admin());
      grant select, insert on client_keys to ademruimte_app;

      create table consent_texts (
        practice_id uuid not null,
        version integer not null,
        text_nl text not null,
        text_en text not null,
        published_at timestamptz(3) not null,
        constraint consent_texts_pkey primary key (practice_id, version),
        constraint consent_texts_practice_fkey foreign key (practice_id) references practices (id)
      );
      ${secured('consent_texts')}
      create policy member_sees on consent_texts for select to ademruimte_app
        using (practice_id = actor.practice_id());
      ${openToTask('consent_texts', 'onboarding')}
      grant select, insert on consent_texts to ademruimte_app;

      create table consents (
        practice_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        coach_id uuid not null,
        text_version integer not null,
        channel text not null,
        given_on date not null,
        recorded_by uuid not null,
        recorded_at timestamptz(3) not null,
        withdrawn_at timestamptz(3),
        withdrawn_by uuid,
        constraint consents_pkey primary key (practice_id, id),
        constraint consents_text_fkey foreign key (practice_id, text_version)
          references consent_texts (practice_id, version),
        constraint consents_recorder_fkey foreign key (practice_id, recorded_by) references users (practice_id, id),
        constraint consents_withdrawer_fkey foreign key (practice_id, withdrawn_by) references users (practice_id, id),
        constraint consents_channel_known check (channel in ('paper', 'portal')),
        constraint consents_withdrawal_whole check ((withdrawn_at is null) = (withdrawn_by is null))
      );
      create index consents_file on consents (practice_id, client_id, id desc);
      create index consents_text on consents (practice_id, text_version);
      create index consents_recorder on consents (practice_id, recorded_by);
      create index consents_withdrawer on consents (practice_id, withdrawn_by);
      ${rowsOfAFile('consents')}
      ${openToCoach('consents')}
      ${openToClient('consents')}
      ${visibleToAdmin('consents')}
      create policy admin_records on consents for insert to ademruimte_app
        with check (practice_id = actor.practice_id() and actor.is_admin());
      ${openToTask('consents', 'invitation')}
      grant select, insert on consents to ademruimte_app;
      grant update (withdrawn_at, withdrawn_by) on consents to ademruimte_app;

      alter table clients add constraint clients_consent_fkey
        foreign key (practice_id, consent_id) references consents (practice_id, id) deferrable initially deferred;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table clients drop constraint clients_consent_fkey;
      alter table one_time_tokens drop constraint one_time_tokens_client_fkey;
      drop index one_time_tokens_client;
      drop table consents, consent_texts, client_keys, client_details, clients;
      drop function clients_change_own_consent;
    `);
  }
}
