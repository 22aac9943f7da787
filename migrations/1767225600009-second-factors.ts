import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openToTask, secured } from './support/policies.js';

/** Only the person themselves, while they sign in or not; and an admin's task may take away what was lost. */
const ofAPerson = (table: string): string => `
  ${secured(table)}
  create policy self on ${table} to ademruimte_app
    using (practice_id = actor.practice_id() and user_id = actor.user_id() and actor.task() is null);
  ${openToTask(table, 'sign_in')}
  create policy factor_removal_sees on ${table} for select to ademruimte_app
    using (practice_id = actor.practice_id() and actor.task() = 'factor_removal');
  create policy factor_removal_drops on ${table} for delete to ademruimte_app
    using (practice_id = actor.practice_id() and actor.task() = 'factor_removal');
  grant select, insert, delete on ${table} to ademruimte_app;`;

/** Codes of an authenticator app, recovery codes, passkeys; and a practice that wants them of its coaches and admins. */
export class SecondFactors1767225600009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table practices add column second_factor_required boolean not null default false;
      grant update (second_factor_required) on practices to ademruimte_app;

      create table second_factors (
        practice_id uuid not null,
        user_id uuid not null,
        sealed_secret bytea not null,
        created_at timestamptz(3) not null,
        confirmed_at timestamptz(3),
        last_step integer not null,
        constraint second_factors_pkey primary key (practice_id, user_id),
        constraint second_factors_user_fkey foreign key (practice_id, user_id) references users (practice_id, id)
      );
      ${ofAPerson('second_factors')}
      grant update (sealed_secret, created_at, confirmed_at, last_step) on second_factors to ademruimte_app;

      create table recovery_codes (
        practice_id uuid not null,
        id uuid not null,
        user_id uuid not null,
        hash bytea not null,
        created_at timestamptz(3) not null,
        used_at timestamptz(3),
        constraint recovery_codes_pkey primary key (practice_id, id),
        constraint recovery_codes_user_fkey foreign key (practice_id, user_id) references users (practice_id, id)
      );
      create index recovery_codes_user on recovery_codes (practice_id, user_id);
      ${ofAPerson('recovery_codes')}
      grant update (used_at) on recovery_codes to ademruimte_app;

      create table passkeys (
        practice_id uuid not null,
        id uuid not null,
        user_id uuid not null,
        credential_id bytea not null,
        public_key bytea not null,
        sign_count bigint not null,
        name text not null,
        is_synced boolean not null,
        created_at timestamptz(3) not null,
        last_used_at timestamptz(3),
        constraint passkeys_pkey primary key (practice_id, id),
        constraint passkeys_user_fkey foreign key (practice_id, user_id) references users (practice_id, id),
        constraint passkeys_credential_key unique (practice_id, credential_id)
      );
      create index passkeys_user on passkeys (practice_id, user_id, id);
      ${ofAPerson('passkeys')}
      grant update (sign_count, name, is_synced, last_used_at) on passkeys to ademruimte_app;

      -- A challenge is signed, not stored; only that it was answered is remembered, until it would expire anyway.
      create table spent_challenges (
        practice_id uuid not null,
        hash bytea not null,
        expires_at timestamptz(3) not null,
        constraint spent_challenges_pkey primary key (practice_id, hash),
        constraint spent_challenges_practice_fkey foreign key (practice_id) references practices (id)
      );
      create index spent_challenges_expiry on spent_challenges (practice_id, expires_at);
      ${secured('spent_challenges')}
      create policy sign_in_sees on spent_challenges for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'sign_in');
      create policy sign_in_spends on spent_challenges for insert to ademruimte_app
        with check (practice_id = actor.practice_id() and actor.task() = 'sign_in');
      create policy housekeeping_sees on spent_challenges for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'housekeeping');
      create policy housekeeping_drops on spent_challenges for delete to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'housekeeping');
      grant select, insert, delete on spent_challenges to ademruimte_app;

      -- Beside actor.confirm(), in the same round trip: where the practice wants a second factor, a coach or an
      -- admin without one gets no further than enrolling.
      create function actor.confirm_second_factor() returns void language plpgsql stable as $$
      begin
        if (actor.coach_id() is not null or actor.is_admin())
          and (select second_factor_required from practices where id = actor.practice_id())
          and not exists (
            select from second_factors
             where practice_id = actor.practice_id() and user_id = actor.user_id() and confirmed_at is not null)
          and not exists (
            select from passkeys where practice_id = actor.practice_id() and user_id = actor.user_id())
        then
          raise exception 'the practice wants a second factor first' using errcode = '28A2F';
        end if;
      end $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function actor.confirm_second_factor;
      drop table spent_challenges, passkeys, recovery_codes, second_factors;
      alter table practices drop column second_factor_required;
    `);
  }
}
