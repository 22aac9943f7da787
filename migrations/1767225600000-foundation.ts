import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openToTask, secured } from './support/policies.js';

/** Practices, their users, sign-in, and the two logs; the actor that every policy compares with. */
export class Foundation1767225600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create extension if not exists btree_gist;

      create schema actor;
      grant usage on schema actor to ademruimte_app, ademruimte_lookup;

      -- After its first use a setting is '' rather than null, hence the nullif.
      create function actor.practice_id() returns uuid language sql stable parallel safe
        return nullif(current_setting('app.practice_id', true), '')::uuid;
      create function actor.user_id() returns uuid language sql stable parallel safe
        return nullif(current_setting('app.user_id', true), '')::uuid;
      create function actor.login_id() returns uuid language sql stable parallel safe
        return nullif(current_setting('app.login_id', true), '')::uuid;
      create function actor.coach_id() returns uuid language sql stable parallel safe
        return nullif(current_setting('app.coach_id', true), '')::uuid;
      create function actor.client_id() returns uuid language sql stable parallel safe
        return nullif(current_setting('app.client_id', true), '')::uuid;
      create function actor.is_admin() returns boolean language sql stable parallel safe
        return coalesce(current_setting('app.admin', true), '') = 'on';
      create function actor.task() returns text language sql stable parallel safe
        return nullif(current_setting('app.task', true), '');

      create table practices (
        id uuid not null,
        slug text not null,
        name text not null,
        time_zone text not null,
        language text not null,
        assignment_limit smallint not null,
        assignment_weeks smallint not null,
        created_at timestamptz(3) not null,
        version integer not null,
        constraint practices_pkey primary key (id),
        constraint practices_slug_key unique (slug),
        constraint practices_slug_shape check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
        constraint practices_language_known check (language in ('nl', 'en')),
        constraint practices_assignment_limit_range check (assignment_limit between 1 and 20),
        constraint practices_assignment_weeks_range check (assignment_weeks between 1 and 52)
      );
      ${secured('practices')}
      create policy member_sees on practices for select to ademruimte_app using (id = actor.practice_id());
      create policy admin_changes on practices for update to ademruimte_app
        using (id = actor.practice_id() and actor.is_admin());
      create policy onboarding_opens on practices for insert to ademruimte_app
        with check (id = actor.practice_id() and actor.task() = 'onboarding');
      create policy lookup_sees on practices for select to ademruimte_lookup using (true);
      grant select, insert on practices to ademruimte_app;
      grant update (name, time_zone, language, assignment_limit, assignment_weeks, version)
        on practices to ademruimte_app;
      grant select on practices to ademruimte_lookup;

      create table users (
        practice_id uuid not null,
        id uuid not null,
        name text not null,
        email text not null,
        language text not null,
        roles text[] not null,
        disabled_at timestamptz(3),
        created_at timestamptz(3) not null,
        version integer not null,
        constraint users_pkey primary key (practice_id, id),
        constraint users_practice_fkey foreign key (practice_id) references practices (id),
        constraint users_email_key unique (practice_id, email),
        constraint users_email_lower check (email = lower(email)),
        constraint users_language_known check (language in ('nl', 'en')),
        constraint users_roles_known check (roles <@ array['coach', 'client', 'admin'] and cardinality(roles) > 0)
      );
      create index users_address on users (email);
      ${secured('users')}
      create policy self_sees on users for select to ademruimte_app
        using (practice_id = actor.practice_id() and id = actor.user_id());
      create policy self_changes on users for update to ademruimte_app
        using (practice_id = actor.practice_id() and id = actor.user_id());
      create policy coaches_are_known on users for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.user_id() is not null and 'coach' = any (roles));
      create policy admin on users to ademruimte_app
        using (practice_id = actor.practice_id() and actor.is_admin());
      ${openToTask('users', 'invitation')}
      ${openToTask('users', 'onboarding')}
      create policy sign_in_sees on users for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'sign_in');
      create policy transfer_sees on users for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'transfer');
      create policy export_sees on users for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'export');
      create policy lookup_sees on users for select to ademruimte_lookup using (true);
      grant select, insert on users to ademruimte_app;
      grant update (name, email, language, roles, disabled_at, version) on users to ademruimte_app;
      grant select on users to ademruimte_lookup;

      -- Policies hide rows, not columns: what a user may not change of themselves, a trigger holds.
      create function users_change_own_profile() returns trigger language plpgsql as $$
      begin
        if not actor.is_admin() and actor.task() is null
          and (new.email, new.roles, new.disabled_at) is distinct from (old.email, old.roles, old.disabled_at)
        then
          raise exception 'only an admin changes who may do what' using errcode = 'insufficient_privilege';
        end if;
        return new;
      end $$;
      create trigger users_change_own_profile before update on users
        for each row when (current_user = 'ademruimte_app') execute function users_change_own_profile();

      create table credentials (
        practice_id uuid not null,
        user_id uuid not null,
        password_hash text not null,
        changed_at timestamptz(3) not null,
        constraint credentials_pkey primary key (practice_id, user_id),
        constraint credentials_user_fkey foreign key (practice_id, user_id) references users (practice_id, id)
      );
      ${secured('credentials')}
      ${openToTask('credentials', 'sign_in')}
      ${openToTask('credentials', 'invitation')}
      create policy lookup_sees on credentials for select to ademruimte_lookup using (true);
      grant select, insert on credentials to ademruimte_app;
      grant update (password_hash, changed_at) on credentials to ademruimte_app;
      grant select on credentials to ademruimte_lookup;

      create table logins (
        practice_id uuid not null,
        id uuid not null,
        user_id uuid not null,
        device text,
        address text,
        created_at timestamptz(3) not null,
        last_seen_at timestamptz(3) not null,
        ended_at timestamptz(3),
        ended_because text,
        constraint logins_pkey primary key (practice_id, id),
        constraint logins_user_fkey foreign key (practice_id, user_id) references users (practice_id, id),
        constraint logins_reason_known check (ended_because in ('logout', 'revoked', 'reuse', 'disabled')),
        constraint logins_end_has_reason check ((ended_at is null) = (ended_because is null))
      );
      create index logins_user on logins (practice_id, user_id, id desc);
      ${secured('logins')}
      create policy self on logins to ademruimte_app
        using (practice_id = actor.practice_id() and user_id = actor.user_id());
      create policy admin_ends on logins for update to ademruimte_app
        using (practice_id = actor.practice_id() and actor.is_admin());
      create policy admin_sees on logins for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.is_admin());
      ${openToTask('logins', 'sign_in')}
      grant select, insert on logins to ademruimte_app;
      grant update (last_seen_at, ended_at, ended_because) on logins to ademruimte_app;

      create table refresh_tokens (
        practice_id uuid not null,
        id uuid not null,
        login_id uuid not null,
        hash bytea not null,
        issued_at timestamptz(3) not null,
        expires_at timestamptz(3) not null,
        used_at timestamptz(3),
        constraint refresh_tokens_pkey primary key (practice_id, id),
        constraint refresh_tokens_login_fkey foreign key (practice_id, login_id) references logins (practice_id, id),
        constraint refresh_tokens_hash_key unique (practice_id, hash)
      );
      create index refresh_tokens_login on refresh_tokens (practice_id, login_id);
      ${secured('refresh_tokens')}
      ${openToTask('refresh_tokens', 'sign_in')}
      create policy housekeeping_sees on refresh_tokens for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'housekeeping');
      create policy housekeeping_drops on refresh_tokens for delete to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'housekeeping');
      grant select, insert, delete on refresh_tokens to ademruimte_app;
      grant update (used_at) on refresh_tokens to ademruimte_app;

      create table one_time_tokens (
        practice_id uuid not null,
        id uuid not null,
        purpose text not null,
        user_id uuid,
        client_id uuid,
        hash bytea not null,
        sent_to bytea not null,
        created_at timestamptz(3) not null,
        expires_at timestamptz(3) not null,
        used_at timestamptz(3),
        constraint one_time_tokens_pkey primary key (practice_id, id),
        constraint one_time_tokens_user_fkey foreign key (practice_id, user_id) references users (practice_id, id),
        constraint one_time_tokens_hash_key unique (practice_id, hash),
        constraint one_time_tokens_purpose_known check (purpose in ('invitation')),
        constraint one_time_tokens_one_person check (num_nonnulls(user_id, client_id) = 1)
      );
      create index one_time_tokens_user on one_time_tokens (practice_id, user_id);
      ${secured('one_time_tokens')}
      ${openToTask('one_time_tokens', 'invitation')}
      ${openToTask('one_time_tokens', 'onboarding')}
      grant select, insert on one_time_tokens to ademruimte_app;
      grant update (expires_at, used_at) on one_time_tokens to ademruimte_app;

      -- The first thing each transaction of a person does: login, roles and file must still stand as the
      -- access token says, or nothing in this transaction happens.
      create function actor.confirm() returns void language plpgsql stable as $$
      declare
        standing text[];
        own_file uuid;
      begin
        select u.roles, c.id into standing, own_file
          from logins l
          join users u on u.practice_id = l.practice_id and u.id = l.user_id
          left join clients c on c.practice_id = u.practice_id and c.user_id = u.id
         where l.practice_id = actor.practice_id() and l.id = actor.login_id()
           and l.user_id = actor.user_id() and l.ended_at is null and u.disabled_at is null;
        if standing is null
          or ('coach' = any (standing)) <> (actor.coach_id() is not null)
          or ('admin' = any (standing)) <> actor.is_admin()
          or ('client' = any (standing)) <> (actor.client_id() is not null)
          or own_file is distinct from actor.client_id()
        then
          raise exception 'the login does not stand as the token says' using errcode = '28000';
        end if;
      end $$;

      create schema lookup;
      grant usage on schema lookup to ademruimte_app, ademruimte_lookup;
      -- Who may sign in with this address, before it is known in which practice.
      create function lookup.credentials(address text, practice_slug text)
        returns table (practice_id uuid, user_id uuid, password_hash text)
        language sql stable security definer set search_path = public, pg_temp
        begin atomic
          select u.practice_id, u.id, c.password_hash
            from users u
            join credentials c on c.practice_id = u.practice_id and c.user_id = u.id
            join practices p on p.id = u.practice_id
           where u.email = address and u.disabled_at is null and (practice_slug is null or p.slug = practice_slug)
           order by u.practice_id
           limit 3;
        end;
      -- The system's own rounds go practice by practice; nothing but their ids crosses practices.
      create function lookup.practice_ids() returns setof uuid
        language sql stable security definer set search_path = public, pg_temp
        begin atomic
          select id from practices order by id;
        end;
      -- The scripts that manage a practice name it by its slug.
      create function lookup.practice_id(practice_slug text) returns uuid
        language sql stable security definer set search_path = public, pg_temp
        begin atomic
          select id from practices where slug = practice_slug;
        end;
      grant create on schema lookup to ademruimte_lookup;
      alter function lookup.credentials(text, text) owner to ademruimte_lookup;
      alter function lookup.practice_ids() owner to ademruimte_lookup;
      alter function lookup.practice_id(text) owner to ademruimte_lookup;
      revoke create on schema lookup from ademruimte_lookup;
      revoke execute on all functions in schema lookup from public;
      grant execute on all functions in schema lookup to ademruimte_app;

      create table repeated_requests (
        practice_id uuid not null,
        user_id uuid not null,
        route text not null,
        key text not null,
        fingerprint bytea not null,
        resource_id uuid not null,
        made_at timestamptz(3) not null,
        constraint repeated_requests_pkey primary key (practice_id, user_id, route, key),
        constraint repeated_requests_user_fkey foreign key (practice_id, user_id) references users (practice_id, id)
      );
      create index repeated_requests_age on repeated_requests (practice_id, made_at);
      ${secured('repeated_requests')}
      create policy self on repeated_requests to ademruimte_app
        using (practice_id = actor.practice_id() and user_id = actor.user_id());
      create policy housekeeping_sees on repeated_requests for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'housekeeping');
      create policy housekeeping_drops on repeated_requests for delete to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'housekeeping');
      grant select, insert, delete on repeated_requests to ademruimte_app;
      grant update (fingerprint, resource_id, made_at) on repeated_requests to ademruimte_app;

      -- Append-only by rights: the serving role may insert and select, and nobody but the owner may more.
      create table audit_events (
        practice_id uuid not null,
        id uuid not null,
        at timestamptz(3) not null,
        event text not null,
        outcome text not null,
        user_id uuid,
        roles text[] not null,
        task text,
        on_behalf_of uuid,
        client_id uuid,
        object_type text,
        object_id uuid,
        ground text,
        row_count integer,
        address text,
        request_id uuid not null,
        constraint audit_events_pkey primary key (practice_id, id),
        constraint audit_events_practice_fkey foreign key (practice_id) references practices (id),
        constraint audit_events_outcome_known check (outcome in ('done', 'refused', 'failed'))
      );
      create index audit_events_client on audit_events (practice_id, client_id, id desc) where client_id is not null;
      create index audit_events_user on audit_events (practice_id, user_id, id desc) where user_id is not null;
      ${secured('audit_events')}
      create policy all_write on audit_events for insert to ademruimte_app with check (true);
      create policy admin_sees on audit_events for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.is_admin());
      create policy client_sees on audit_events for select to ademruimte_app
        using (practice_id = actor.practice_id() and client_id = actor.client_id());
      grant select, insert on audit_events to ademruimte_app;

      -- What happens before a practice is known, such as a sign-in with an address that nobody has.
      create table security_events (
        id uuid not null,
        at timestamptz(3) not null,
        event text not null,
        subject bytea,
        address text,
        request_id uuid not null,
        constraint security_events_pkey primary key (id)
      );
      ${secured('security_events')}
      create policy all_write on security_events for insert to ademruimte_app with check (true);
      grant insert on security_events to ademruimte_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table security_events, audit_events, repeated_requests, one_time_tokens, refresh_tokens;
      drop schema lookup cascade;
      drop table logins, credentials, users, practices;
      drop function users_change_own_profile;
      drop schema actor cascade;
      drop extension btree_gist;
    `);
  }
}
