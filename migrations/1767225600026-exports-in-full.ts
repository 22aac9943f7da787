import type { MigrationInterface, QueryRunner } from 'typeorm';
import { secured } from './support/policies.js';

const RECORDS_BEFORE = ['clients', 'sessions', 'assignments', 'logs'];
const RECORDS = [...RECORDS_BEFORE, 'notes', 'check_ins', 'audit_events', 'dossier'];
const FORMATS_BEFORE = ['csv', 'json'];
const FORMATS = [...FORMATS_BEFORE, 'ndjson', 'xlsx', 'pdf', 'zip'];
const STATUSES_BEFORE = ['queued', 'running', 'ready', 'streamed', 'expired', 'failed', 'cancelled'];
const STATUSES = [...STATUSES_BEFORE, 'awaiting_approval', 'refused'];

/** What a file's coach sees and an admin does not, and which rows of it. */
const DETAILS: readonly (readonly [table: string, more: string])[] = [
  ['client_details', ''],
  ['session_details', ''],
  ['observations', ''],
  ['observation_details', ''],
  ['assignment_messages', ''],
  ['log_details', " and sharing <> 'private'"],
  ['log_remarks', " and sharing = 'all'"],
];

/** Exports in full: every kind of record and file, texts with their coaches' approval, sealed files, runs that show a pulse. */
export class ExportsInFull1767225600026 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function actor.approved_coaches() returns uuid[] language sql stable parallel safe
        return string_to_array(nullif(current_setting('app.approved_coaches', true), ''), ',')::uuid[];

      alter table exports
        add dialect text,
        add columns text[],
        add bodies boolean not null default false,
        add approvers uuid[] not null default '{}',
        add file_key bytea,
        add runs smallint not null default 0,
        add started_at timestamptz(3),
        add pulse_at timestamptz(3);
      ${known('records', RECORDS)}
      ${known('format', FORMATS)}
      ${known('status', STATUSES)}
      alter table exports no force row level security;
      update exports set dialect = 'rfc4180' where format = 'csv';
      alter table exports force row level security;
      alter table exports
        alter bodies drop default,
        alter approvers drop default,
        alter runs drop default,
        add constraint exports_dialect_of_csv check ((dialect is null) = (format <> 'csv')),
        add constraint exports_dialect_known check (dialect in ('rfc4180', 'excel-nl')),
        add constraint exports_bodies_where_there_are check (not bodies or records in ('notes', 'dossier')),
        add constraint exports_dossier_of_somebody check (records <> 'dossier' or client_id is not null);
      create index exports_awaiting on exports (practice_id, created_at) where status = 'awaiting_approval';
      create policy coach_sees on exports for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.coach_id() = any (approvers));
      -- A coach takes out the whole file of a client of their own, and nothing else.
      create policy coach_asks on exports for insert to ademruimte_app
        with check (practice_id = actor.practice_id() and requested_by = actor.coach_id() and records = 'dossier' and bodies);
      create policy coach_changes on exports for update to ademruimte_app
        using (practice_id = actor.practice_id() and requested_by = actor.coach_id() and records = 'dossier');
      create index exports_running on exports (practice_id, pulse_at) where status = 'running';
      create policy lookup_sees on exports for select to ademruimte_lookup using (status = 'running');
      grant select (practice_id, status, pulse_at) on exports to ademruimte_lookup;
      grant update (file_key, runs, started_at, pulse_at) on exports to ademruimte_app;

      -- Whether a coach lets the texts of their files leave in one export. A row is written by who asks, and decided
      -- by nobody but the coach whom it names.
      create table export_approvals (
        practice_id uuid not null,
        export_id uuid not null,
        coach_id uuid not null,
        note_count integer not null,
        decision text,
        decided_at timestamptz(3),
        constraint export_approvals_pkey primary key (practice_id, export_id, coach_id),
        constraint export_approvals_export_fkey foreign key (practice_id, export_id) references exports (practice_id, id),
        constraint export_approvals_coach_fkey foreign key (practice_id, coach_id) references users (practice_id, id),
        constraint export_approvals_decision_known check (decision in ('approved', 'refused')),
        constraint export_approvals_decision_whole check ((decision is null) = (decided_at is null))
      );
      create index export_approvals_coach on export_approvals (practice_id, coach_id, export_id desc);
      ${secured('export_approvals')}
      create policy coach_sees on export_approvals for select to ademruimte_app
        using (practice_id = actor.practice_id() and coach_id = actor.coach_id());
      create policy admin_sees on export_approvals for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.is_admin());
      create policy admin_asks on export_approvals for insert to ademruimte_app
        with check (practice_id = actor.practice_id() and actor.is_admin()
          and (decision is null or coach_id = actor.user_id()));
      create policy coach_asks on export_approvals for insert to ademruimte_app
        with check (practice_id = actor.practice_id() and coach_id = actor.coach_id());
      create policy export_sees on export_approvals for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'export');
      create policy export_decides on export_approvals for update to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'export' and coach_id = actor.user_id());
      grant select, insert on export_approvals to ademruimte_app;
      grant update (decision, decided_at) on export_approvals to ademruimte_app;

      -- Texts leave when each coach who is asked said yes, and a no is for good.
      create function exports_bodies_are_approved() returns trigger language plpgsql as $$
      begin
        perform from unnest(new.approvers) as asked (coach_id)
          where not exists (
            select from export_approvals a
             where a.practice_id = new.practice_id and a.export_id = new.id and a.coach_id = asked.coach_id
               and a.decision = 'approved');
        if found then
          raise exception 'each coach concerned approves first' using errcode = 'check_violation',
            constraint = 'exports_bodies_are_approved';
        end if;
        return new;
      end $$;
      create trigger exports_bodies_are_approved before insert or update of status on exports
        for each row when (new.bodies and new.status in ('queued', 'running', 'ready'))
        execute function exports_bodies_are_approved();
      create function export_approvals_decision_stays() returns trigger language plpgsql as $$
      begin
        raise exception 'a decision stays' using errcode = 'check_violation',
          constraint = 'export_approvals_decision_stays';
      end $$;
      create trigger export_approvals_decision_stays before update on export_approvals
        for each row when (old.decision is not null) execute function export_approvals_decision_stays();

      -- The task reads the texts of those coaches only, in the one transaction that copies an approved export.
      ${['note_bodies', 'note_addenda']
        .map(
          (table) => `
      create policy export_reads_approved on ${table} for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'export'
          and coach_id = any (actor.approved_coaches()) and coach_reader_id = any (actor.approved_coaches()));`,
        )
        .join('')}
      create policy export_reads_approved on client_keys for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'export'
          and coach_id = any (actor.approved_coaches()));

      -- In the dossier that a coach makes of their own client stands what that coach sees.
      ${DETAILS.map(
        ([table, more]) => `
      create policy export_reads_own on ${table} for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'export' and coach_id = actor.user_id()
          and coach_id = any (actor.approved_coaches())${more});`,
      ).join('')}

      create policy export_sees on audit_events for select to ademruimte_app
        using (practice_id = actor.practice_id() and case when actor.task() = 'export' then true else false end);

      -- In which practices a run has shown nothing since a moment.
      create function lookup.practices_with_lost_exports(since timestamptz) returns setof uuid
        language sql stable security definer set search_path = public, pg_temp
        begin atomic
          select distinct practice_id from exports
           where status = 'running' and coalesce(pulse_at, '-infinity') < since;
        end;
      grant create on schema lookup to ademruimte_lookup;
      alter function lookup.practices_with_lost_exports(timestamptz) owner to ademruimte_lookup;
      revoke create on schema lookup from ademruimte_lookup;
      revoke execute on function lookup.practices_with_lost_exports(timestamptz) from public;
      grant execute on function lookup.practices_with_lost_exports(timestamptz) to ademruimte_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function lookup.practices_with_lost_exports(timestamptz);
      revoke select (practice_id, status, pulse_at) on exports from ademruimte_lookup;
      drop policy lookup_sees on exports;
      drop index exports_running;
      drop policy export_sees on audit_events;
      ${DETAILS.map(([table]) => `drop policy export_reads_own on ${table};`).join(' ')}
      drop policy export_reads_approved on client_keys;
      drop policy export_reads_approved on note_addenda;
      drop policy export_reads_approved on note_bodies;
      drop trigger exports_bodies_are_approved on exports;
      drop table export_approvals;
      drop function exports_bodies_are_approved, export_approvals_decision_stays;
      revoke update (file_key, runs, started_at, pulse_at) on exports from ademruimte_app;
      drop policy coach_changes on exports;
      drop policy coach_asks on exports;
      drop policy coach_sees on exports;
      drop index exports_awaiting;
      -- What could not be asked for before cannot be told of either.
      alter table exports no force row level security;
      delete from exports
       where records not in (${list(RECORDS_BEFORE)}) or format not in (${list(FORMATS_BEFORE)})
          or status not in (${list(STATUSES_BEFORE)});
      alter table exports force row level security;
      ${known('records', RECORDS_BEFORE)}
      ${known('format', FORMATS_BEFORE)}
      ${known('status', STATUSES_BEFORE)}
      alter table exports
        drop constraint exports_dossier_of_somebody,
        drop dialect,
        drop columns,
        drop bodies,
        drop approvers,
        drop file_key,
        drop runs,
        drop started_at,
        drop pulse_at;
      drop function actor.approved_coaches;
    `);
  }
}

const list = (values: readonly string[]): string => values.map((value) => `'${value}'`).join(', ');

const known = (column: string, values: readonly string[]): string => `
  alter table exports
    drop constraint exports_${column}_known,
    add constraint exports_${column}_known check (${column} in (${list(values)}));`;
