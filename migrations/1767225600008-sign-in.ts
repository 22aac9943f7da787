import type { MigrationInterface, QueryRunner } from 'typeorm';
import { secured } from './support/policies.js';

/** When the holder of a login last proved who they are, refresh tokens that may be repeated once, and keys for scripts. */
export class SignIn1767225600008 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table logins add column authenticated_at timestamptz(3);
      alter table logins no force row level security;
      update logins set authenticated_at = created_at;
      alter table logins force row level security;
      alter table logins alter column authenticated_at set not null;
      alter table logins drop constraint logins_reason_known;
      alter table logins add constraint logins_reason_known
        check (ended_because in ('logout', 'revoked', 'reuse', 'disabled', 'password', 'roles'));
      grant update (authenticated_at) on logins to ademruimte_app;

      alter table refresh_tokens add column repeated_at timestamptz(3);
      grant update (repeated_at) on refresh_tokens to ademruimte_app;

      -- A key is a login that a script holds: what ends its login ends the key, on every server.
      create table script_keys (
        practice_id uuid not null,
        id uuid not null,
        user_id uuid not null,
        name text not null,
        scopes text[] not null,
        roles text[] not null,
        hash bytea not null,
        expires_at timestamptz(3) not null,
        constraint script_keys_pkey primary key (practice_id, id),
        constraint script_keys_login_fkey foreign key (practice_id, id) references logins (practice_id, id),
        constraint script_keys_user_fkey foreign key (practice_id, user_id) references users (practice_id, id),
        constraint script_keys_hash_key unique (practice_id, hash),
        constraint script_keys_scopes_known check (scopes <@ array['exports:read'] and cardinality(scopes) > 0)
      );
      create index script_keys_user on script_keys (practice_id, user_id, id desc);
      ${secured('script_keys')}
      create policy self on script_keys to ademruimte_app
        using (practice_id = actor.practice_id() and user_id = actor.user_id());
      -- An admin who changes what somebody may do ends the keys that were made as what they were.
      create policy admin_sees on script_keys for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.is_admin());
      create policy sign_in_sees on script_keys for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'sign_in');
      grant select, insert on script_keys to ademruimte_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table script_keys;
      revoke update (repeated_at) on refresh_tokens from ademruimte_app;
      alter table refresh_tokens drop column repeated_at;
      revoke update (authenticated_at) on logins from ademruimte_app;
      alter table logins no force row level security;
      update logins set ended_because = 'revoked' where ended_because in ('password', 'roles');
      alter table logins force row level security;
      alter table logins drop constraint logins_reason_known;
      alter table logins add constraint logins_reason_known
        check (ended_because in ('logout', 'revoked', 'reuse', 'disabled'));
      alter table logins drop column authenticated_at;
    `);
  }
}
