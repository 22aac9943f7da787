import type { MigrationInterface, QueryRunner } from 'typeorm';
import {
  openToCoach,
  openToTask,
  rowsOfAFile,
  secured,
  visibleToAdmin,
  visibleToClient,
} from './support/policies.js';

const task = (name: string): string => `practice_id = actor.practice_id() and actor.task() = '${name}'`;

/** The task that turns a request into a file adds these rows, and reads them back. */
const opensFiles = (table: string): string => `
  create policy intake_sees on ${table} for select to ademruimte_app using (${task('intake')});
  create policy intake_adds on ${table} for insert to ademruimte_app with check (${task('intake')});`;

/** Coach and admin write; a client and the public see what these conditions let through. */
const writtenByPractice = (table: string): string => `
  ${secured(table)}
  create policy coach on ${table} to ademruimte_app
    using (practice_id = actor.practice_id() and actor.coach_id() is not null);
  create policy admin on ${table} to ademruimte_app
    using (practice_id = actor.practice_id() and actor.is_admin());`;

/** What a practice tells the world, and what the world asks it: the knowledge base, and requests for an intake. */
export class Knowledge1767225600025 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table articles (
        practice_id uuid not null,
        id uuid not null,
        slug text not null,
        status text not null,
        published_version integer,
        draft_version integer,
        created_at timestamptz(3) not null,
        version integer not null,
        constraint articles_pkey primary key (practice_id, id),
        constraint articles_practice_fkey foreign key (practice_id) references practices (id),
        constraint articles_slug_key unique (practice_id, slug),
        constraint articles_slug_shape check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
        constraint articles_status_known check (status in ('draft', 'published', 'retired')),
        constraint articles_published_version check ((status = 'draft') = (published_version is null))
      );
      create index articles_by_status on articles (practice_id, status, id);
      ${writtenByPractice('articles')}
      create policy client_sees on articles for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.client_id() is not null and status <> 'draft');
      create policy knowledge_sees on articles for select to ademruimte_app
        using (${task('knowledge')} and status = 'published');
      ${openToTask('articles', 'onboarding')}
      grant select, insert on articles to ademruimte_app;
      grant update (status, published_version, draft_version, version) on articles to ademruimte_app;

      create table article_versions (
        practice_id uuid not null,
        article_id uuid not null,
        version integer not null,
        title_nl text not null,
        title_en text not null,
        summary_nl text not null,
        summary_en text not null,
        body_nl text not null,
        body_en text not null,
        questions_nl text[] not null,
        questions_en text[] not null,
        answers_nl text[] not null,
        answers_en text[] not null,
        words_nl text not null,
        words_en text not null,
        written_by uuid,
        written_at timestamptz(3) not null,
        published_at timestamptz(3),
        constraint article_versions_pkey primary key (practice_id, article_id, version),
        constraint article_versions_article_fkey foreign key (practice_id, article_id)
          references articles (practice_id, id),
        constraint article_versions_writer_fkey foreign key (practice_id, written_by)
          references users (practice_id, id),
        constraint article_versions_questions_whole check (
          cardinality(questions_nl) = cardinality(questions_en) and cardinality(questions_nl) = cardinality(answers_nl)
          and cardinality(questions_nl) = cardinality(answers_en)
        )
      );
      create index article_versions_writer on article_versions (practice_id, written_by);
      ${writtenByPractice('article_versions')}
      create policy client_sees on article_versions for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.client_id() is not null and published_at is not null);
      create policy knowledge_sees on article_versions for select to ademruimte_app
        using (${task('knowledge')} and published_at is not null);
      ${openToTask('article_versions', 'onboarding')}
      grant select, insert on article_versions to ademruimte_app;
      grant update (title_nl, title_en, summary_nl, summary_en, body_nl, body_en, questions_nl, questions_en, answers_nl,
        answers_en, words_nl, words_en, written_by, written_at, published_at) on article_versions to ademruimte_app;

      -- What the public could read is told as it was: a change makes the next version.
      create function article_versions_published_is_fixed() returns trigger language plpgsql as $$
      begin
        if old.published_at is not null then
          raise exception 'a published version does not change' using errcode = 'check_violation',
            constraint = 'article_versions_published_is_fixed';
        end if;
        return new;
      end $$;
      create trigger article_versions_published_is_fixed before update on article_versions
        for each row execute function article_versions_published_is_fixed();

      -- What to read beside an exercise, in this order.
      create table exercise_articles (
        practice_id uuid not null,
        exercise_id uuid not null,
        article_id uuid not null,
        place smallint not null,
        constraint exercise_articles_pkey primary key (practice_id, exercise_id, article_id),
        constraint exercise_articles_exercise_fkey foreign key (practice_id, exercise_id)
          references exercises (practice_id, id),
        constraint exercise_articles_article_fkey foreign key (practice_id, article_id)
          references articles (practice_id, id)
      );
      create index exercise_articles_article on exercise_articles (practice_id, article_id);
      ${writtenByPractice('exercise_articles')}
      create policy client_sees on exercise_articles for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.client_id() is not null);
      grant select, insert, delete on exercise_articles to ademruimte_app;

      -- What a client was given to read. Whether they did is theirs to know: there is no column for it.
      create table readings (
        practice_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        coach_id uuid not null,
        article_id uuid not null,
        assigned_by uuid not null,
        created_at timestamptz(3) not null,
        constraint readings_pkey primary key (practice_id, id),
        constraint readings_article_key unique (practice_id, client_id, article_id),
        constraint readings_article_fkey foreign key (practice_id, article_id) references articles (practice_id, id),
        constraint readings_assigner_fkey foreign key (practice_id, assigned_by) references users (practice_id, id)
      );
      create index readings_file on readings (practice_id, client_id, id desc);
      create index readings_article on readings (practice_id, article_id);
      create index readings_assigner on readings (practice_id, assigned_by);
      ${rowsOfAFile('readings')}
      ${openToCoach('readings')}
      ${visibleToClient('readings')}
      ${visibleToAdmin('readings')}
      grant select, insert, delete on readings to ademruimte_app;

      -- Who asks for an intake, sealed with the practice's key until there is a file; then, or once refused, emptied.
      create table intake_requests (
        practice_id uuid not null,
        id uuid not null,
        status text not null,
        text_version integer not null,
        request bytea,
        received_at timestamptz(3) not null,
        closed_at timestamptz(3),
        closed_by uuid,
        version integer not null,
        constraint intake_requests_pkey primary key (practice_id, id),
        constraint intake_requests_text_fkey foreign key (practice_id, text_version)
          references consent_texts (practice_id, version),
        constraint intake_requests_closer_fkey foreign key (practice_id, closed_by)
          references users (practice_id, id),
        constraint intake_requests_status_known check (status in ('new', 'accepted', 'refused')),
        constraint intake_requests_emptied check ((status = 'new') = (request is not null)),
        constraint intake_requests_closed_since check (
          (status = 'new') = (closed_at is null) and (closed_at is null) = (closed_by is null)
        )
      );
      create index intake_requests_by_status on intake_requests (practice_id, status, id desc);
      create index intake_requests_text on intake_requests (practice_id, text_version);
      create index intake_requests_closer on intake_requests (practice_id, closed_by);
      create index intake_requests_age on intake_requests (practice_id, received_at);
      ${secured('intake_requests')}
      create policy coach_sees on intake_requests for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.coach_id() is not null);
      create policy coach_closes on intake_requests for update to ademruimte_app
        using (practice_id = actor.practice_id() and actor.coach_id() is not null);
      create policy admin_sees on intake_requests for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.is_admin());
      create policy admin_closes on intake_requests for update to ademruimte_app
        using (practice_id = actor.practice_id() and actor.is_admin());
      create policy intake_form_adds on intake_requests for insert to ademruimte_app
        with check (${task('intake_form')} and status = 'new');
      create policy intake_sees on intake_requests for select to ademruimte_app using (${task('intake')});
      create policy intake_closes on intake_requests for update to ademruimte_app using (${task('intake')});
      create policy housekeeping_sees on intake_requests for select to ademruimte_app using (${task('housekeeping')});
      create policy housekeeping_drops on intake_requests for delete to ademruimte_app using (${task('housekeeping')});
      grant select, insert, delete on intake_requests to ademruimte_app;
      grant update (status, request, closed_at, closed_by, version) on intake_requests to ademruimte_app;

      -- The form seals with the key of the practice, the task \`intake\` opens with it and makes the file.
      create policy intake_form_sees on practice_keys for select to ademruimte_app using (${task('intake_form')});
      create policy intake_form_makes on practice_keys for insert to ademruimte_app with check (${task('intake_form')});
      create policy intake_sees on practice_keys for select to ademruimte_app using (${task('intake')});
      ${opensFiles('clients')}
      create policy intake_consents on clients for update to ademruimte_app using (${task('intake')});
      ${opensFiles('client_keys')}
      ${opensFiles('client_details')}
      ${opensFiles('consents')}

      select jobs.create_queue(
        'mail-intake-request', '{"policy": "standard", "retryLimit": 5, "retryDelay": 30, "retryBackoff": true}');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      select jobs.delete_queue('mail-intake-request');
      drop policy intake_adds on consents;
      drop policy intake_sees on consents;
      drop policy intake_adds on client_details;
      drop policy intake_sees on client_details;
      drop policy intake_adds on client_keys;
      drop policy intake_sees on client_keys;
      drop policy intake_consents on clients;
      drop policy intake_adds on clients;
      drop policy intake_sees on clients;
      drop policy intake_sees on practice_keys;
      drop policy intake_form_makes on practice_keys;
      drop policy intake_form_sees on practice_keys;
      drop table intake_requests;
      drop table readings, exercise_articles, article_versions, articles;
      drop function article_versions_published_is_fixed;
    `);
  }
}
