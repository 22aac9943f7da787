import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowsOfAFile, visibleToAdmin } from './support/policies.js';

/** What acts over a whole file: a transfer to another coach, with its reason, and the closing of a file. */
export class WholeFiles1767225600007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table file_transfers (
        practice_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        coach_id uuid not null,
        from_coach_id uuid not null,
        to_coach_id uuid not null,
        reason bytea not null,
        private_notes_go_along boolean not null,
        decided_by uuid not null,
        decided_at timestamptz(3) not null,
        constraint file_transfers_pkey primary key (practice_id, id),
        constraint file_transfers_from_fkey foreign key (practice_id, from_coach_id) references users (practice_id, id),
        constraint file_transfers_to_fkey foreign key (practice_id, to_coach_id) references users (practice_id, id),
        constraint file_transfers_decider_fkey foreign key (practice_id, decided_by) references users (practice_id, id),
        constraint file_transfers_to_another check (from_coach_id <> to_coach_id)
      );
      create index file_transfers_file on file_transfers (practice_id, client_id, id desc);
      create index file_transfers_from on file_transfers (practice_id, from_coach_id);
      create index file_transfers_to on file_transfers (practice_id, to_coach_id);
      create index file_transfers_decider on file_transfers (practice_id, decided_by);
      ${rowsOfAFile('file_transfers')}
      create policy transfer_writes on file_transfers for insert to ademruimte_app
        with check (practice_id = actor.practice_id() and actor.task() = 'transfer');
      create policy coach_sees on file_transfers for select to ademruimte_app
        using (practice_id = actor.practice_id() and coach_id = actor.coach_id());
      ${visibleToAdmin('file_transfers')}
      grant select, insert on file_transfers to ademruimte_app;

      -- Closing a file calls off what is still to come of it, and may do no more than that.
      create policy closure_sees on clients for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'closure');
      create policy closure_closes on clients for update to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'closure')
        with check (practice_id = actor.practice_id() and status = 'closed');
      create policy closure_sees on sessions for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'closure');
      create policy closure_cancels on sessions for update to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'closure' and status = 'planned')
        with check (practice_id = actor.practice_id() and status = 'cancelled');
      create policy closure_sees on assignments for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'closure');
      create policy closure_stops on assignments for update to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'closure' and status in ('active', 'paused'))
        with check (practice_id = actor.practice_id() and status = 'stopped');
      create policy closure_sees on assignment_pauses for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'closure');
      create policy closure_ends on assignment_pauses for update to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'closure' and resumed_at is null)
        with check (practice_id = actor.practice_id() and resumed_at is not null);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop policy closure_ends on assignment_pauses;
      drop policy closure_sees on assignment_pauses;
      drop policy closure_stops on assignments;
      drop policy closure_sees on assignments;
      drop policy closure_cancels on sessions;
      drop policy closure_sees on sessions;
      drop policy closure_closes on clients;
      drop policy closure_sees on clients;
      drop table file_transfers;
    `);
  }
}
