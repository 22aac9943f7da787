import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openToClient, rowsOfAFile, secured } from './support/policies.js';

const CONDITIONS = ['safety', 'rest', 'presence', 'acceptance', 'natural_rhythm'];

/** A client's weekly look at how it goes, and the words in which a practice asks for it. */
export class CheckIns1767225600022 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The client chooses the id, so that a phone without a connection can; one look a day is enough.
      create table check_ins (
        practice_id uuid not null,
        client_id uuid not null,
        id uuid not null,
        coach_id uuid not null,
        day date not null,
        sharing text not null,
        tension smallint not null,
        ${CONDITIONS.map((condition) => `${condition} smallint,`).join('\n        ')}
        stress_signals text[] not null,
        recovery_signals text[] not null,
        checked_at timestamptz(3) not null,
        version integer not null,
        constraint check_ins_pkey primary key (practice_id, client_id, id),
        constraint check_ins_day_key unique (practice_id, client_id, day),
        constraint check_ins_sharing_key unique (practice_id, client_id, id, sharing),
        constraint check_ins_sharing_known check (sharing in ('private', 'numbers', 'all')),
        constraint check_ins_tension_range check (tension between 0 and 10),
        ${CONDITIONS.map(
          (condition) => `constraint check_ins_${condition}_range check (${condition} between 0 and 10)`,
        ).join(',\n        ')}
      );
      create index check_ins_latest on check_ins (practice_id, client_id, checked_at desc, id desc);
      create statistics check_ins_whose (dependencies) on practice_id, client_id, coach_id from check_ins;
      ${rowsOfAFile('check_ins')}
      create policy coach_sees_shared on check_ins for select to ademruimte_app
        using (practice_id = actor.practice_id() and coach_id = actor.coach_id() and sharing <> 'private');
      ${openToClient('check_ins')}
      grant select, insert on check_ins to ademruimte_app;
      grant update (day, sharing, tension, ${CONDITIONS.join(', ')}, stress_signals, recovery_signals, checked_at,
        version) on check_ins to ademruimte_app;

      create table check_in_remarks (
        practice_id uuid not null,
        client_id uuid not null,
        check_in_id uuid not null,
        coach_id uuid not null,
        sharing text not null,
        remark bytea not null,
        version integer not null,
        constraint check_in_remarks_pkey primary key (practice_id, client_id, check_in_id),
        constraint check_in_remarks_check_in_fkey foreign key (practice_id, client_id, check_in_id, sharing)
          references check_ins (practice_id, client_id, id, sharing) deferrable initially deferred
      );
      ${rowsOfAFile('check_in_remarks')}
      create policy coach_sees_shared on check_in_remarks for select to ademruimte_app
        using (practice_id = actor.practice_id() and coach_id = actor.coach_id() and sharing = 'all');
      ${openToClient('check_in_remarks')}
      grant select, insert, delete on check_in_remarks to ademruimte_app;

      -- What stood in a check-in before the client corrected it, whole and sealed; the client's own.
      create table check_in_corrections (
        practice_id uuid not null,
        client_id uuid not null,
        check_in_id uuid not null,
        version integer not null,
        coach_id uuid not null,
        stood bytea not null,
        corrected_at timestamptz(3) not null,
        constraint check_in_corrections_pkey primary key (practice_id, client_id, check_in_id, version),
        constraint check_in_corrections_check_in_fkey foreign key (practice_id, client_id, check_in_id)
          references check_ins (practice_id, client_id, id)
      );
      ${rowsOfAFile('check_in_corrections')}
      create policy client on check_in_corrections to ademruimte_app
        using (practice_id = actor.practice_id() and client_id = actor.client_id());
      grant select, insert on check_in_corrections to ademruimte_app;

      -- Where a practice uses other words than the shipped ones, or more of them.
      create table practice_words (
        practice_id uuid not null,
        vocabulary text not null,
        code text not null,
        name_nl text not null,
        name_en text not null,
        is_offered boolean not null,
        version integer not null,
        constraint practice_words_pkey primary key (practice_id, vocabulary, code),
        constraint practice_words_practice_fkey foreign key (practice_id) references practices (id),
        constraint practice_words_vocabulary_known check (vocabulary in ('stress_signals', 'conditions')),
        constraint practice_words_conditions_fixed check (
          vocabulary <> 'conditions' or code = any ('{safety,rest,presence,acceptance,naturalRhythm}'::text[])
        )
      );
      ${secured('practice_words')}
      create policy everybody_sees on practice_words for select to ademruimte_app
        using (practice_id = actor.practice_id());
      create policy admin on practice_words to ademruimte_app
        using (practice_id = actor.practice_id() and actor.is_admin());
      grant select, insert on practice_words to ademruimte_app;
      grant update (name_nl, name_en, is_offered, version) on practice_words to ademruimte_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table practice_words, check_in_corrections, check_in_remarks, check_ins');
  }
}
