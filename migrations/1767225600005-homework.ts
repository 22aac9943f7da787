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

/** The catalogue of exercises, what was assigned, and what clients log of it. */
export class Homework1767225600005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table exercises (
        practice_id uuid not null,
        id uuid not null,
        status text not null,
        published_version integer,
        draft_version integer,
        created_at timestamptz(3) not null,
        version integer not null,
        constraint exercises_pkey primary key (practice_id, id),
        constraint exercises_practice_fkey foreign key (practice_id) references practices (id),
        constraint exercises_status_known check (status in ('draft', 'published', 'retired')),
        constraint exercises_published_version check ((status = 'draft') = (published_version is null))
      );
      create index exercises_by_status on exercises (practice_id, status, id);
      ${secured('exercises')}
      create policy coach on exercises to ademruimte_app
        using (practice_id = actor.practice_id() and actor.coach_id() is not null);
      create policy admin on exercises to ademruimte_app
        using (practice_id = actor.practice_id() and actor.is_admin());
      create policy client_sees on exercises for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.client_id() is not null and status <> 'draft');
      create policy export_sees on exercises for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'export');
      ${openToTask('exercises', 'onboarding')}
      grant select, insert on exercises to ademruimte_app;
      grant update (status, published_version, draft_version, version) on exercises to ademruimte_app;

      create table exercise_versions (
        practice_id uuid not null,
        exercise_id uuid not null,
        version integer not null,
        title_nl text not null,
        title_en text not null,
        purpose_nl text not null,
        purpose_en text not null,
        steps_nl text[] not null,
        steps_en text[] not null,
        cautions_nl text,
        cautions_en text,
        technique text not null,
        approach text not null,
        moment text not null,
        minutes smallint not null,
        rhythm text not null,
        written_by uuid,
        written_at timestamptz(3) not null,
        published_at timestamptz(3),
        constraint exercise_versions_pkey primary key (practice_id, exercise_id, version),
        constraint exercise_versions_exercise_fkey foreign key (practice_id, exercise_id)
          references exercises (practice_id, id),
        constraint exercise_versions_writer_fkey foreign key (practice_id, written_by)
          references users (practice_id, id),
        constraint exercise_versions_approach_known check (approach in ('letting_go', 'adding')),
        constraint exercise_versions_moment_known check (moment in ('morning', 'transition', 'before_sleep', 'any')),
        constraint exercise_versions_rhythm_known check (rhythm in ('free', 'daily')),
        constraint exercise_versions_minutes_range check (minutes between 1 and 120)
      );
      create index exercise_versions_writer on exercise_versions (practice_id, written_by);
      ${secured('exercise_versions')}
      create policy coach on exercise_versions to ademruimte_app
        using (practice_id = actor.practice_id() and actor.coach_id() is not null);
      create policy admin on exercise_versions to ademruimte_app
        using (practice_id = actor.practice_id() and actor.is_admin());
      create policy client_sees on exercise_versions for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.client_id() is not null and published_at is not null);
      create policy export_sees on exercise_versions for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'export');
      ${openToTask('exercise_versions', 'onboarding')}
      grant select, insert on exercise_versions to ademruimte_app;
      grant update (title_nl, title_en, purpose_nl, purpose_en, steps_nl, steps_en, cautions_nl, cautions_en, technique,
        approach, moment, minutes, rhythm, written_by, written_at, published_at) on exercise_versions to ademruimte_app;

      -- What was published is what clients were given: it does not change.
      create function exercise_versions_published_is_fixed() returns trigger language plpgsql as $$
      begin
        if old.published_at is not null then
          raise exception 'a published version does not change' using errcode = 'check_violation',
            constraint = 'exercise_versions_published_is_fixed';
        end if;
        return new;
      end $$;
      create trigger exercise_versions_published_is_fixed before update on exercise_versions
        for each row execute function exercise_versions_published_is_fixed();

      create table assignments (
        practice_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        coach_id uuid not null,
        exercise_id uuid not null,
        exercise_version integer not null,
        session_id uuid,
        assigned_by uuid not null,
        status text not null,
        moment text not null,
        rhythm text not null,
        times_per_day smallint,
        weekdays smallint[],
        start_on date not null,
        end_on date not null,
        created_at timestamptz(3) not null,
        ended_at timestamptz(3),
        version integer not null,
        constraint assignments_pkey primary key (practice_id, id),
        constraint assignments_exercise_fkey foreign key (practice_id, exercise_id, exercise_version)
          references exercise_versions (practice_id, exercise_id, version),
        constraint assignments_session_fkey foreign key (practice_id, session_id) references sessions (practice_id, id),
        constraint assignments_assigner_fkey foreign key (practice_id, assigned_by) references users (practice_id, id),
        constraint assignments_status_known check (status in ('active', 'paused', 'completed', 'stopped')),
        constraint assignments_moment_known check (moment in ('morning', 'transition', 'before_sleep', 'any')),
        constraint assignments_rhythm_whole check (
          (rhythm = 'free' and times_per_day is null and weekdays is null)
          or (rhythm = 'scheduled' and times_per_day is not null and weekdays is not null)
        ),
        constraint assignments_times_per_day_range check (times_per_day between 1 and 12),
        constraint assignments_weekdays_range check (
          weekdays <@ array[1, 2, 3, 4, 5, 6, 7]::smallint[] and cardinality(weekdays) between 1 and 7
        ),
        constraint assignments_end_after_start check (end_on >= start_on),
        constraint assignments_ended_since check ((status in ('completed', 'stopped')) = (ended_at is not null))
      );
      create index assignments_file on assignments (practice_id, client_id, id desc);
      create index assignments_file_by_status on assignments (practice_id, client_id, status, id desc);
      create index assignments_exercise on assignments (practice_id, exercise_id, exercise_version);
      create index assignments_session on assignments (practice_id, session_id);
      create index assignments_assigner on assignments (practice_id, assigned_by);
      ${rowsOfAFile('assignments')}
      ${openToCoach('assignments')}
      ${visibleToClient('assignments')}
      create policy client_changes on assignments for update to ademruimte_app
        using (practice_id = actor.practice_id() and client_id = actor.client_id());
      ${visibleToAdmin('assignments')}
      grant select, insert on assignments to ademruimte_app;
      grant update (status, moment, rhythm, times_per_day, weekdays, start_on, end_on, ended_at, version)
        on assignments to ademruimte_app;

      -- Policies hide rows, not columns: a client lets homework rest, resume and stop, and changes nothing else of it.
      create function assignments_rest_by_client() returns trigger language plpgsql as $$
      begin
        if actor.client_id() = old.client_id and actor.coach_id() is distinct from old.coach_id
          and actor.task() is null
          and to_jsonb(new) - array['status', 'ended_at', 'version'] is distinct from
              to_jsonb(old) - array['status', 'ended_at', 'version']
        then
          raise exception 'a client changes no more than the state' using errcode = 'insufficient_privilege';
        end if;
        return new;
      end $$;
      create trigger assignments_rest_by_client before update on assignments
        for each row when (current_user = 'ademruimte_app') execute function assignments_rest_by_client();

      create table assignment_messages (
        practice_id uuid not null,
        assignment_id uuid not null,
        client_id uuid not null,
        coach_id uuid not null,
        message bytea not null,
        version integer not null,
        constraint assignment_messages_pkey primary key (practice_id, assignment_id),
        constraint assignment_messages_assignment_fkey foreign key (practice_id, assignment_id)
          references assignments (practice_id, id)
      );
      create index assignment_messages_file on assignment_messages (practice_id, client_id);
      ${rowsOfAFile('assignment_messages')}
      ${openToCoach('assignment_messages')}
      ${visibleToClient('assignment_messages')}
      grant select, insert, delete on assignment_messages to ademruimte_app;
      grant update (message, version) on assignment_messages to ademruimte_app;

      create table assignment_pauses (
        practice_id uuid not null,
        id uuid not null,
        assignment_id uuid not null,
        client_id uuid not null,
        coach_id uuid not null,
        paused_at timestamptz(3) not null,
        resumed_at timestamptz(3),
        constraint assignment_pauses_pkey primary key (practice_id, id),
        constraint assignment_pauses_assignment_fkey foreign key (practice_id, assignment_id)
          references assignments (practice_id, id),
        constraint assignment_pauses_order check (resumed_at >= paused_at)
      );
      create index assignment_pauses_assignment on assignment_pauses (practice_id, assignment_id, paused_at);
      create unique index assignment_pauses_one_open on assignment_pauses (practice_id, assignment_id)
        where resumed_at is null;
      create index assignment_pauses_file on assignment_pauses (practice_id, client_id);
      ${rowsOfAFile('assignment_pauses')}
      ${openToCoach('assignment_pauses')}
      ${openToClient('assignment_pauses')}
      grant select, insert on assignment_pauses to ademruimte_app;
      grant update (resumed_at) on assignment_pauses to ademruimte_app;

      -- The client chooses the id, so that a phone without a connection can; it is unique within the file.
      create table logs (
        practice_id uuid not null,
        client_id uuid not null,
        id uuid not null,
        coach_id uuid not null,
        assignment_id uuid not null,
        done_on date not null,
        outcome text not null,
        sharing text not null,
        logged_at timestamptz(3) not null,
        version integer not null,
        constraint logs_pkey primary key (practice_id, client_id, id),
        constraint logs_sharing_key unique (practice_id, client_id, id, sharing),
        constraint logs_assignment_fkey foreign key (practice_id, assignment_id) references assignments (practice_id, id),
        constraint logs_outcome_known check (outcome in ('done', 'partly', 'skipped')),
        constraint logs_sharing_known check (sharing in ('private', 'numbers', 'all'))
      );
      create index logs_assignment on logs (practice_id, assignment_id, done_on desc, id desc);
      create index logs_file_by_day on logs (practice_id, client_id, done_on);
      ${rowsOfAFile('logs')}
      create policy coach_sees_shared on logs for select to ademruimte_app
        using (practice_id = actor.practice_id() and coach_id = actor.coach_id() and sharing <> 'private');
      ${openToClient('logs')}
      ${visibleToAdmin('logs')}
      grant select, insert on logs to ademruimte_app;
      grant update (done_on, outcome, sharing, logged_at, version) on logs to ademruimte_app;

      create table log_details (
        practice_id uuid not null,
        client_id uuid not null,
        log_id uuid not null,
        coach_id uuid not null,
        sharing text not null,
        minutes smallint,
        tension_before smallint,
        tension_after smallint,
        recovery_signals text[] not null,
        constraint log_details_pkey primary key (practice_id, client_id, log_id),
        constraint log_details_log_fkey foreign key (practice_id, client_id, log_id, sharing)
          references logs (practice_id, client_id, id, sharing) deferrable initially deferred,
        constraint log_details_minutes_range check (minutes between 0 and 1440),
        constraint log_details_tension_before_range check (tension_before between 0 and 10),
        constraint log_details_tension_after_range check (tension_after between 0 and 10)
      );
      ${rowsOfAFile('log_details')}
      create policy coach_sees_shared on log_details for select to ademruimte_app
        using (practice_id = actor.practice_id() and coach_id = actor.coach_id() and sharing <> 'private');
      ${openToClient('log_details')}
      grant select, insert on log_details to ademruimte_app;
      grant update (sharing, minutes, tension_before, tension_after, recovery_signals) on log_details to ademruimte_app;

      create table log_remarks (
        practice_id uuid not null,
        client_id uuid not null,
        log_id uuid not null,
        coach_id uuid not null,
        sharing text not null,
        remark bytea not null,
        version integer not null,
        constraint log_remarks_pkey primary key (practice_id, client_id, log_id),
        constraint log_remarks_log_fkey foreign key (practice_id, client_id, log_id, sharing)
          references logs (practice_id, client_id, id, sharing) deferrable initially deferred
      );
      ${rowsOfAFile('log_remarks')}
      create policy coach_sees_shared on log_remarks for select to ademruimte_app
        using (practice_id = actor.practice_id() and coach_id = actor.coach_id() and sharing = 'all');
      ${openToClient('log_remarks')}
      grant select, insert, delete on log_remarks to ademruimte_app;
      grant update (sharing, remark, version) on log_remarks to ademruimte_app;

      -- What stood in a log before the client corrected it, whole and sealed; the client's own.
      create table log_corrections (
        practice_id uuid not null,
        client_id uuid not null,
        log_id uuid not null,
        version integer not null,
        coach_id uuid not null,
        stood bytea not null,
        corrected_at timestamptz(3) not null,
        constraint log_corrections_pkey primary key (practice_id, client_id, log_id, version),
        constraint log_corrections_log_fkey foreign key (practice_id, client_id, log_id)
          references logs (practice_id, client_id, id)
      );
      ${rowsOfAFile('log_corrections')}
      ${openToClient('log_corrections')}
      grant select, insert on log_corrections to ademruimte_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table log_corrections, log_remarks, log_details, logs, assignment_pauses, assignment_messages, assignments,
        exercise_versions, exercises;
      drop function exercise_versions_published_is_fixed, assignments_rest_by_client;
    `);
  }
}
