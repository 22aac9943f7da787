import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The task that puts data keys and the secrets of authenticator apps under another key, and a data key of the practice. */
export class KeyRotation1767225600019 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A coach makes a file's key and opens with it; nobody but the rotation writes one anew.
      drop policy coach on client_keys;
      create policy coach_sees on client_keys for select to ademruimte_app
        using (practice_id = actor.practice_id() and coach_id = actor.coach_id());
      create policy coach_makes on client_keys for insert to ademruimte_app
        with check (practice_id = actor.practice_id() and coach_id = actor.coach_id());
      create policy key_rotation_sees on client_keys for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'key_rotation');
      create policy key_rotation_wraps on client_keys for update to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'key_rotation');
      grant update (wrapped) on client_keys to ademruimte_app;

      create policy key_rotation_sees on second_factors for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'key_rotation');
      create policy key_rotation_seals on second_factors for update to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'key_rotation');

      -- For what is told to a practice before there is a client.
      create table practice_keys (
        practice_id uuid not null,
        wrapped bytea not null,
        created_at timestamptz(3) not null,
        constraint practice_keys_pkey primary key (practice_id),
        constraint practice_keys_practice_fkey foreign key (practice_id) references practices (id)
      );
      alter table practice_keys enable row level security;
      alter table practice_keys force row level security;
      create policy coach_sees on practice_keys for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.coach_id() is not null);
      create policy admin_sees on practice_keys for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.is_admin());
      create policy key_rotation_sees on practice_keys for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'key_rotation');
      create policy key_rotation_wraps on practice_keys for update to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'key_rotation');
      grant select, insert, update (wrapped) on practice_keys to ademruimte_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table practice_keys;
      drop policy key_rotation_seals on second_factors;
      drop policy key_rotation_sees on second_factors;
      revoke update (wrapped) on client_keys from ademruimte_app;
      drop policy key_rotation_wraps on client_keys;
      drop policy key_rotation_sees on client_keys;
      drop policy coach_makes on client_keys;
      drop policy coach_sees on client_keys;
      create policy coach on client_keys to ademruimte_app
        using (practice_id = actor.practice_id() and coach_id = actor.coach_id());
    `);
  }
}
