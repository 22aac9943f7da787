import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openToTask, secured } from './support/policies.js';

/** Audio or film with an exercise: a link, or a file that the practice uploaded. The bytes lie outside the database. */
export class ExerciseMedia1767225600038 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table exercise_media (
        practice_id uuid not null,
        id uuid not null,
        content_type text not null,
        bytes integer not null,
        uploaded_by uuid not null,
        uploaded_at timestamptz(3) not null,
        constraint exercise_media_pkey primary key (practice_id, id),
        constraint exercise_media_practice_fkey foreign key (practice_id) references practices (id),
        constraint exercise_media_uploader_fkey foreign key (practice_id, uploaded_by)
          references users (practice_id, id),
        constraint exercise_media_plays check (content_type ~ '^(audio|video)/[a-z0-9]+$'),
        constraint exercise_media_bytes_some check (bytes > 0)
      );
      create index exercise_media_uploader on exercise_media (practice_id, uploaded_by);
      ${secured('exercise_media')}
      create policy coach on exercise_media to ademruimte_app
        using (practice_id = actor.practice_id() and actor.coach_id() is not null);
      create policy admin on exercise_media to ademruimte_app
        using (practice_id = actor.practice_id() and actor.is_admin());
      -- What kind of file and how long it is; which of them a client may hear is for their own assignments to say.
      create policy client_sees on exercise_media for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.client_id() is not null);
      ${openToTask('exercise_media', 'housekeeping')}
      grant select, insert, delete on exercise_media to ademruimte_app;

      alter table exercise_versions
        add column media_kind text,
        add column media_url text,
        add column media_id uuid,
        add constraint exercise_versions_media_fkey foreign key (practice_id, media_id)
          references exercise_media (practice_id, id),
        add constraint exercise_versions_media_kind_known check (media_kind in ('audio', 'film')),
        add constraint exercise_versions_media_whole check (
          num_nonnulls(media_url, media_id) = case when media_kind is null then 0 else 1 end),
        add constraint exercise_versions_media_url_https check (media_url ~ '^https://' and length(media_url) <= 2000);
      create index exercise_versions_media on exercise_versions (practice_id, media_id) where media_id is not null;
      grant update (media_kind, media_url, media_id) on exercise_versions to ademruimte_app;
      -- To know what nothing refers to any more.
      create policy housekeeping_sees on exercise_versions for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'housekeeping');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop policy housekeeping_sees on exercise_versions;
      drop index exercise_versions_media;
      alter table exercise_versions
        drop constraint exercise_versions_media_fkey,
        drop constraint exercise_versions_media_kind_known,
        drop constraint exercise_versions_media_whole,
        drop constraint exercise_versions_media_url_https,
        drop column media_kind, drop column media_url, drop column media_id;
      drop table exercise_media;
    `);
  }
}
