import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openToCoach, rowsOfAFile, visibleToAdmin, visibleToClient } from './support/policies.js';

/** Energizing sessions and what was observed in them. */
export class Sessions1767225600003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table sessions (
        practice_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        coach_id uuid not null,
        given_by uuid not null,
        kind text not null,
        status text not null,
        mode text not null,
        starts_at timestamptz(3) not null,
        ends_at timestamptz(3) not null,
        occupied_from timestamptz(3) not null,
        occupied_until timestamptz(3) not null,
        price_cents integer,
        vat_percent smallint,
        created_at timestamptz(3) not null,
        version integer not null,
        constraint sessions_pkey primary key (practice_id, id),
        constraint sessions_giver_fkey foreign key (practice_id, given_by) references users (practice_id, id),
        constraint sessions_kind_known check (kind in ('intake', 'energizing', 'follow_up', 'evaluation')),
        constraint sessions_status_known check (status in ('planned', 'completed', 'cancelled', 'no_show')),
        constraint sessions_mode_known check (mode in ('in_person', 'video', 'phone')),
        constraint sessions_price_range check (price_cents between 0 and 10000000),
        constraint sessions_vat_range check (vat_percent between 0 and 100),
        constraint sessions_ends_after_start check (ends_at > starts_at),
        constraint sessions_occupies_itself check (occupied_from <= starts_at and occupied_until >= ends_at),
        constraint sessions_coach_free exclude using gist (
          practice_id with =, given_by with =, tstzrange(occupied_from, occupied_until) with &&
        ) where (status = 'planned'),
        constraint sessions_client_free exclude using gist (
          practice_id with =, client_id with =, tstzrange(starts_at, ends_at) with &&
        ) where (status = 'planned')
      );
      create index sessions_of_practice on sessions (practice_id, starts_at desc, id desc);
      create index sessions_of_practice_by_status on sessions (practice_id, status, starts_at desc, id desc);
      create index sessions_of_coach on sessions (practice_id, coach_id, starts_at desc, id desc);
      create index sessions_of_coach_by_status on sessions (practice_id, coach_id, status, starts_at desc, id desc);
      create index sessions_of_client on sessions (practice_id, client_id, starts_at desc, id desc);
      create index sessions_given_by on sessions (practice_id, given_by);
      ${rowsOfAFile('sessions')}
      ${openToCoach('sessions')}
      ${visibleToClient('sessions')}
      ${visibleToAdmin('sessions')}
      grant select, insert, delete on sessions to ademruimte_app;
      grant update (given_by, kind, status, mode, starts_at, ends_at, occupied_from, occupied_until, price_cents,
        vat_percent, version) on sessions to ademruimte_app;

      create table session_details (
        practice_id uuid not null,
        session_id uuid not null,
        client_id uuid not null,
        coach_id uuid not null,
        location bytea,
        version integer not null,
        constraint session_details_pkey primary key (practice_id, session_id),
        constraint session_details_session_fkey foreign key (practice_id, session_id)
          references sessions (practice_id, id) on delete cascade
      );
      create index session_details_file on session_details (practice_id, client_id);
      ${rowsOfAFile('session_details')}
      ${openToCoach('session_details')}
      ${visibleToClient('session_details')}
      grant select, insert on session_details to ademruimte_app;
      grant update (location, version) on session_details to ademruimte_app;

      -- Why a session did not happen, or why its end was taken back: the coach's own words.
      create table session_reasons (
        practice_id uuid not null,
        id uuid not null,
        session_id uuid not null,
        client_id uuid not null,
        coach_id uuid not null,
        change text not null,
        reason bytea not null,
        given_by uuid not null,
        given_at timestamptz(3) not null,
        constraint session_reasons_pkey primary key (practice_id, id),
        constraint session_reasons_session_fkey foreign key (practice_id, session_id)
          references sessions (practice_id, id) on delete cascade,
        constraint session_reasons_giver_fkey foreign key (practice_id, given_by) references users (practice_id, id),
        constraint session_reasons_change_known check (change in ('cancellation', 'no_show', 'reinstatement'))
      );
      create index session_reasons_session on session_reasons (practice_id, session_id, id desc);
      create index session_reasons_file on session_reasons (practice_id, client_id);
      create index session_reasons_giver on session_reasons (practice_id, given_by);
      ${rowsOfAFile('session_reasons')}
      ${openToCoach('session_reasons')}
      grant select, insert on session_reasons to ademruimte_app;

      -- The part of an observation that the client sees too.
      create table observations (
        practice_id uuid not null,
        session_id uuid not null,
        client_id uuid not null,
        coach_id uuid not null,
        tension_before smallint,
        tension_after smallint,
        recovery_signals text[] not null,
        take_home bytea,
        transition_moments text[] not null,
        observed_by uuid not null,
        updated_at timestamptz(3) not null,
        version integer not null,
        constraint observations_pkey primary key (practice_id, session_id),
        constraint observations_session_fkey foreign key (practice_id, session_id) references sessions (practice_id, id),
        constraint observations_observer_fkey foreign key (practice_id, observed_by) references users (practice_id, id),
        constraint observations_tension_before_range check (tension_before between 0 and 10),
        constraint observations_tension_after_range check (tension_after between 0 and 10)
      );
      create index observations_file on observations (practice_id, client_id);
      create index observations_observer on observations (practice_id, observed_by);
      ${rowsOfAFile('observations')}
      ${openToCoach('observations')}
      ${visibleToClient('observations')}
      grant select, insert on observations to ademruimte_app;
      grant update (tension_before, tension_after, recovery_signals, take_home, transition_moments, observed_by,
        updated_at, version) on observations to ademruimte_app;

      -- The part that is the coach's own.
      create table observation_details (
        practice_id uuid not null,
        session_id uuid not null,
        client_id uuid not null,
        coach_id uuid not null,
        question bytea,
        thoughts bytea,
        let_go bytea,
        tension_areas text[] not null,
        breath text[] not null,
        safety smallint,
        rest smallint,
        presence smallint,
        acceptance smallint,
        natural_rhythm smallint,
        version integer not null,
        constraint observation_details_pkey primary key (practice_id, session_id),
        constraint observation_details_observation_fkey foreign key (practice_id, session_id)
          references observations (practice_id, session_id) on delete cascade,
        constraint observation_details_safety_range check (safety between 0 and 10),
        constraint observation_details_rest_range check (rest between 0 and 10),
        constraint observation_details_presence_range check (presence between 0 and 10),
        constraint observation_details_acceptance_range check (acceptance between 0 and 10),
        constraint observation_details_natural_rhythm_range check (natural_rhythm between 0 and 10)
      );
      create index observation_details_file on observation_details (practice_id, client_id);
      ${rowsOfAFile('observation_details')}
      ${openToCoach('observation_details')}
      grant select, insert on observation_details to ademruimte_app;
      grant update (question, thoughts, let_go, tension_areas, breath, safety, rest, presence, acceptance,
        natural_rhythm, version) on observation_details to ademruimte_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop table observation_details, observations, session_reasons, session_details, sessions',
    );
  }
}
