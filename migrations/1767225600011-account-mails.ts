import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openToTask, secured } from './support/policies.js';

const QUEUES = [
  'answer-mail-request',
  'mail-password-reset',
  'mail-password-changed',
  'mail-sign-in',
  'mail-address-change',
  'mail-address-change-notice',
  'mail-new-device',
]
  .map((name) => `'${name}'`)
  .join(', ');

const task = (name: string): string => `practice_id = actor.practice_id() and actor.task() = '${name}'`;

/** A task sees, adds and changes these rows, and drops none: that is for the housekeeping. */
const writtenBy = (name: string, table: string, condition = ''): string => `
  create policy ${name}_sees on ${table} for select to ademruimte_app using (${task(name)} ${condition});
  create policy ${name}_adds on ${table} for insert to ademruimte_app with check (${task(name)} ${condition});
  create policy ${name}_changes on ${table} for update to ademruimte_app using (${task(name)} ${condition});`;

const notWrittenBy = (name: string, table: string): string =>
  ['sees', 'adds', 'changes'].map((verb) => `drop policy ${name}_${verb} on ${table};`).join('\n');

/** One-time codes for more than invitations: a forgotten password, signing in by mail, another address. */
export class AccountMails1767225600011 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table practices add column mail_sign_in boolean not null default false;
      grant update (mail_sign_in) on practices to ademruimte_app;

      create table address_changes (
        practice_id uuid not null,
        id uuid not null,
        user_id uuid not null,
        old_email text not null,
        new_email text not null,
        requested_at timestamptz(3) not null,
        confirmed_at timestamptz(3),
        cancelled_at timestamptz(3),
        constraint address_changes_pkey primary key (practice_id, id),
        constraint address_changes_user_fkey foreign key (practice_id, user_id) references users (practice_id, id),
        constraint address_changes_lower check (old_email = lower(old_email) and new_email = lower(new_email)),
        constraint address_changes_to_another check (old_email <> new_email)
      );
      create index address_changes_user on address_changes (practice_id, user_id, id);
      create index address_changes_age on address_changes (practice_id, requested_at);
      ${secured('address_changes')}
      ${writtenBy('address_change', 'address_changes')}
      create policy mail_sees on address_changes for select to ademruimte_app using (${task('mail')});
      create policy housekeeping_sees on address_changes for select to ademruimte_app using (${task('housekeeping')});
      create policy housekeeping_drops on address_changes for delete to ademruimte_app using (${task('housekeeping')});
      grant select, insert, delete on address_changes to ademruimte_app;
      grant update (confirmed_at, cancelled_at) on address_changes to ademruimte_app;

      alter table one_time_tokens
        add column address_change_id uuid,
        add column browser bytea,
        drop constraint one_time_tokens_purpose_known,
        add constraint one_time_tokens_purpose_known check (purpose in ('invitation', 'password_reset',
          'mail_sign_in', 'address_change', 'address_change_cancellation')),
        add constraint one_time_tokens_address_change_fkey foreign key (practice_id, address_change_id)
          references address_changes (practice_id, id),
        add constraint one_time_tokens_of_a_change
          check ((address_change_id is not null) = (purpose in ('address_change', 'address_change_cancellation'))),
        add constraint one_time_tokens_of_a_browser check ((browser is not null) = (purpose = 'mail_sign_in')),
        add constraint one_time_tokens_clients_are_invited check (client_id is null or purpose = 'invitation');
      create index one_time_tokens_address_change on one_time_tokens (practice_id, address_change_id);
      create index one_time_tokens_age on one_time_tokens (practice_id, expires_at);

      -- Each task reaches the codes of its own purpose, and takes no other for one.
      drop policy invitation on one_time_tokens;
      drop policy onboarding on one_time_tokens;
      ${writtenBy('invitation', 'one_time_tokens', "and purpose = 'invitation'")}
      ${writtenBy('onboarding', 'one_time_tokens', "and purpose = 'invitation'")}
      ${writtenBy('mail', 'one_time_tokens', "and purpose <> 'invitation'")}
      create policy sign_in_sees on one_time_tokens for select to ademruimte_app
        using (${task('sign_in')} and purpose = 'mail_sign_in');
      create policy sign_in_takes on one_time_tokens for update to ademruimte_app
        using (${task('sign_in')} and purpose = 'mail_sign_in');
      create policy password_reset_sees on one_time_tokens for select to ademruimte_app
        using (${task('password_reset')} and purpose in ('password_reset', 'mail_sign_in'));
      create policy password_reset_takes on one_time_tokens for update to ademruimte_app
        using (${task('password_reset')} and purpose in ('password_reset', 'mail_sign_in'));
      create policy address_change_sees on one_time_tokens for select to ademruimte_app
        using (${task('address_change')} and purpose in ('address_change', 'address_change_cancellation'));
      create policy address_change_takes on one_time_tokens for update to ademruimte_app
        using (${task('address_change')} and purpose in ('address_change', 'address_change_cancellation'));
      create policy housekeeping_sees on one_time_tokens for select to ademruimte_app using (${task('housekeeping')});
      create policy housekeeping_drops on one_time_tokens for delete to ademruimte_app using (${task('housekeeping')});
      grant delete on one_time_tokens to ademruimte_app;

      create policy mail_sees on users for select to ademruimte_app using (${task('mail')});
      create policy mail_sees on logins for select to ademruimte_app using (${task('mail')});
      create policy password_reset_sees on users for select to ademruimte_app using (${task('password_reset')});
      -- To hold the user, so that no login slips in beside a reset; a trigger lets it change nothing.
      create policy password_reset_holds on users for update to ademruimte_app using (${task('password_reset')});
      create policy password_reset_sees on credentials for select to ademruimte_app using (${task('password_reset')});
      create policy password_reset_sets on credentials for update to ademruimte_app using (${task('password_reset')});
      create policy password_reset_sees on logins for select to ademruimte_app using (${task('password_reset')});
      create policy password_reset_ends on logins for update to ademruimte_app using (${task('password_reset')});
      create policy address_change_sees on users for select to ademruimte_app using (${task('address_change')});
      create policy address_change_moves on users for update to ademruimte_app using (${task('address_change')});
      create policy address_change_sees on clients for select to ademruimte_app
        using (${task('address_change')} and user_id is not null);
      create policy address_change_moves on clients for update to ademruimte_app
        using (${task('address_change')} and user_id is not null);
      create policy address_change_sees on credentials for select to ademruimte_app using (${task('address_change')});
      create policy address_change_locks on credentials for update to ademruimte_app using (${task('address_change')});
      create policy address_change_sees on logins for select to ademruimte_app using (${task('address_change')});
      create policy address_change_ends on logins for update to ademruimte_app using (${task('address_change')});

      -- Policies hide rows, not columns: of a person the task changes the address and nothing else.
      create function change_the_address_only() returns trigger language plpgsql as $$
      begin
        if actor.task() = 'address_change'
          and to_jsonb(new) - array['email', 'version', 'sort_name'] is distinct from
              to_jsonb(old) - array['email', 'version', 'sort_name']
        then
          raise exception 'a change of address changes no more than the address' using errcode = 'insufficient_privilege';
        end if;
        if actor.task() = 'password_reset' then
          raise exception 'a reset changes nothing of a person' using errcode = 'insufficient_privilege';
        end if;
        return new;
      end $$;
      create trigger users_change_the_address_only before update on users
        for each row when (current_user = 'ademruimte_app') execute function change_the_address_only();
      create trigger clients_change_the_address_only before update on clients
        for each row when (current_user = 'ademruimte_app') execute function change_the_address_only();

      -- What somebody asked for with an address, before it is known whose that is, or whether it is anybody's.
      create table mail_requests (
        id uuid not null,
        purpose text not null,
        email bytea not null,
        practice_slug text,
        browser bytea,
        address text,
        request_id uuid not null,
        asked_at timestamptz(3) not null,
        constraint mail_requests_pkey primary key (id),
        constraint mail_requests_purpose_known check (purpose in ('password_reset', 'mail_sign_in')),
        constraint mail_requests_of_a_browser check ((browser is not null) = (purpose = 'mail_sign_in'))
      );
      create index mail_requests_age on mail_requests (asked_at);
      ${secured('mail_requests')}
      create policy all_ask on mail_requests for insert to ademruimte_app with check (true);
      create policy housekeeping_sees on mail_requests for select to ademruimte_app
        using (actor.task() = 'housekeeping');
      create policy housekeeping_drops on mail_requests for delete to ademruimte_app
        using (actor.task() = 'housekeeping');
      create policy lookup_sees on mail_requests for select to ademruimte_lookup using (true);
      grant select, insert, delete on mail_requests to ademruimte_app;
      grant select on mail_requests to ademruimte_lookup;

      -- One request, for who knows its id: the job that answers it.
      create function lookup.mail_request(request uuid)
        returns table (purpose text, email bytea, practice_slug text, browser bytea, address text, request_id uuid,
          asked_at timestamptz)
        language sql stable security definer set search_path = public, pg_temp
        begin atomic
          select r.purpose, r.email, r.practice_slug, r.browser, r.address, r.request_id, r.asked_at
            from mail_requests r where r.id = request;
        end;
      -- Who signs in with this address, in whichever practices.
      create function lookup.addressees(address text, practice_slug text)
        returns table (practice_id uuid, user_id uuid)
        language sql stable security definer set search_path = public, pg_temp
        begin atomic
          select u.practice_id, u.id
            from users u
            join credentials c on c.practice_id = u.practice_id and c.user_id = u.id
            join practices p on p.id = u.practice_id
           where u.email = address and u.disabled_at is null and (practice_slug is null or p.slug = practice_slug)
           order by u.practice_id;
        end;
      grant create on schema lookup to ademruimte_lookup;
      alter function lookup.mail_request(uuid) owner to ademruimte_lookup;
      alter function lookup.addressees(text, text) owner to ademruimte_lookup;
      revoke create on schema lookup from ademruimte_lookup;
      revoke execute on function lookup.mail_request(uuid), lookup.addressees(text, text) from public;
      grant execute on function lookup.mail_request(uuid), lookup.addressees(text, text) to ademruimte_app;

      select jobs.create_queue(name, '{"policy": "standard", "retryLimit": 5, "retryDelay": 30, "retryBackoff": true}')
        from unnest(array[${QUEUES}]) as name;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from jobs.job where name in (${QUEUES});
      select jobs.delete_queue(name) from unnest(array[${QUEUES}]) as name;

      drop function lookup.addressees(text, text);
      drop function lookup.mail_request(uuid);
      drop table mail_requests;

      drop trigger users_change_the_address_only on users;
      drop trigger clients_change_the_address_only on clients;
      drop function change_the_address_only;
      drop policy mail_sees on users;
      drop policy mail_sees on logins;
      drop policy password_reset_sees on users;
      drop policy password_reset_holds on users;
      drop policy password_reset_sees on credentials;
      drop policy password_reset_sets on credentials;
      drop policy password_reset_sees on logins;
      drop policy password_reset_ends on logins;
      drop policy address_change_sees on users;
      drop policy address_change_moves on users;
      drop policy address_change_sees on clients;
      drop policy address_change_moves on clients;
      drop policy address_change_sees on credentials;
      drop policy address_change_locks on credentials;
      drop policy address_change_sees on logins;
      drop policy address_change_ends on logins;

      ${notWrittenBy('invitation', 'one_time_tokens')}
      ${notWrittenBy('onboarding', 'one_time_tokens')}
      ${notWrittenBy('mail', 'one_time_tokens')}
      drop policy sign_in_sees on one_time_tokens;
      drop policy sign_in_takes on one_time_tokens;
      drop policy password_reset_sees on one_time_tokens;
      drop policy password_reset_takes on one_time_tokens;
      drop policy address_change_sees on one_time_tokens;
      drop policy address_change_takes on one_time_tokens;
      drop policy housekeeping_sees on one_time_tokens;
      drop policy housekeeping_drops on one_time_tokens;
      revoke delete on one_time_tokens from ademruimte_app;
      ${openToTask('one_time_tokens', 'invitation')}
      ${openToTask('one_time_tokens', 'onboarding')}
      alter table one_time_tokens no force row level security;
      delete from one_time_tokens where purpose <> 'invitation';
      alter table one_time_tokens force row level security;
      drop index one_time_tokens_age;
      alter table one_time_tokens
        drop constraint one_time_tokens_clients_are_invited,
        drop constraint one_time_tokens_of_a_browser,
        drop constraint one_time_tokens_of_a_change,
        drop constraint one_time_tokens_purpose_known,
        add constraint one_time_tokens_purpose_known check (purpose in ('invitation')),
        drop column browser,
        drop column address_change_id;

      drop table address_changes;
      alter table practices drop column mail_sign_in;
    `);
  }
}
