import type { MigrationInterface, QueryRunner } from 'typeorm';
import { openToTask, secured } from './support/policies.js';

const TASK = "practice_id = actor.practice_id() and actor.task() = 'import'";
const QUEUE = 'run-import';

/** What the task looks at: who is there already, what it hangs its rows on, and the keys that it seals their texts with. */
const SEEN = ['users', 'clients', 'client_keys', 'sessions', 'notes', 'data_requests'];
/** What it writes. Of what a text stands in it sees nothing back. */
const ADDED = [
  'clients',
  'client_keys',
  'client_details',
  'consents',
  'sessions',
  'session_details',
  'observations',
  'observation_details',
  'notes',
  'note_bodies',
  'note_addenda',
  'note_shares',
];

/** Bringing in a practice's files: what was brought by whom, what was found wrong, and a task that writes and reads no text back. */
export class Imports1767225600035 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table imports (
        practice_id uuid not null,
        id uuid not null,
        requested_by uuid not null,
        records text not null,
        format text not null,
        sha256 text not null,
        bytes integer not null,
        coaches jsonb not null,
        status text not null,
        row_count integer not null,
        already_there integer[] not null,
        problems jsonb not null,
        failure text,
        created_at timestamptz(3) not null,
        finished_at timestamptz(3),
        expires_at timestamptz(3) not null,
        version integer not null,
        constraint imports_pkey primary key (practice_id, id),
        constraint imports_requester_fkey foreign key (practice_id, requested_by) references users (practice_id, id),
        constraint imports_records_known check (records in ('clients', 'sessions', 'notes')),
        constraint imports_format_known check (format in ('csv', 'json', 'ndjson')),
        constraint imports_status_known check (status in ('checked', 'queued', 'done', 'failed', 'cancelled')),
        constraint imports_failed_for_a_reason check ((status = 'failed') = (failure is not null)),
        constraint imports_finished_is_settled check ((finished_at is null) = (status in ('checked', 'queued')))
      );
      create index imports_requester on imports (practice_id, requested_by);
      create index imports_expiry on imports (practice_id, expires_at) where status in ('checked', 'queued', 'failed');
      -- The same file twice at once would bring everybody in twice.
      create unique index imports_open_key on imports (practice_id, sha256) where status in ('checked', 'queued');
      ${secured('imports')}
      create policy admin on imports to ademruimte_app
        using (practice_id = actor.practice_id() and actor.is_admin());
      ${openToTask('imports', 'import')}
      ${openToTask('imports', 'housekeeping')}
      grant select, insert on imports to ademruimte_app;
      grant update (status, row_count, already_there, problems, failure, finished_at, version) on imports to ademruimte_app;

      -- The file itself, sealed with a key of its own. An admin brings it, and cannot take it out again.
      create table import_contents (
        practice_id uuid not null,
        import_id uuid not null,
        file_key bytea not null,
        content bytea not null,
        constraint import_contents_pkey primary key (practice_id, import_id),
        constraint import_contents_import_fkey foreign key (practice_id, import_id) references imports (practice_id, id)
      );
      ${secured('import_contents')}
      create policy admin_brings on import_contents for insert to ademruimte_app
        with check (practice_id = actor.practice_id() and actor.is_admin());
      create policy import_sees on import_contents for select to ademruimte_app using (${TASK});
      create policy import_drops on import_contents for delete to ademruimte_app using (${TASK});
      create policy housekeeping_sees on import_contents for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'housekeeping');
      create policy housekeeping_drops on import_contents for delete to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'housekeeping');
      grant select, insert, delete on import_contents to ademruimte_app;

      ${SEEN.map((table) => `create policy import_sees on ${table} for select to ademruimte_app using (${TASK});`).join('\n')}
      ${ADDED.map((table) => `create policy import_adds on ${table} for insert to ademruimte_app with check (${TASK});`).join('\n')}

      -- A note that was brought in says by which import, for ever.
      alter table notes
        add import_id uuid,
        add constraint notes_import_fkey foreign key (practice_id, import_id) references imports (practice_id, id);
      create index notes_import on notes (practice_id, import_id) where import_id is not null;
      create policy only_import_marks on notes as restrictive for insert to ademruimte_app
        with check ((import_id is not null) = (actor.task() is not distinct from 'import'));
      -- It holds what it just wrote, so that a trigger may look at it, and changes nothing of it.
      create policy import_holds on notes for update to ademruimte_app
        using (${TASK} and import_id is not null) with check (false);
      -- A signed note that comes in marks its session; that is the one thing which changes.
      create policy import_marks on sessions for update to ademruimte_app using (${TASK});
      create function sessions_import_marks_only() returns trigger language plpgsql as $$
      begin
        if to_jsonb(new) - 'note_signed' is distinct from to_jsonb(old) - 'note_signed' then
          raise exception 'an import changes no session' using errcode = 'check_violation',
            constraint = 'sessions_import_marks_only';
        end if;
        return new;
      end $$;
      create trigger sessions_import_marks_only before update on sessions
        for each row when (actor.task() = 'import') execute function sessions_import_marks_only();

      ${onlyOfDrafts(BROUGHT_BODY)}
      ${signatureStands(BROUGHT_SIGNATURE)}
      ${onlyOfSigned(BROUGHT_ADDENDUM)}

      -- A run that fell silent is given out again after two minutes; where the first still runs, the second waits for it.
      select jobs.create_queue('${QUEUE}',
        '{"policy": "standard", "retryLimit": 5, "retryDelay": 5, "retryBackoff": true, "expireInSeconds": 120}');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      delete from jobs.job where name = '${QUEUE}';
      select jobs.delete_queue('${QUEUE}');
      ${onlyOfSigned()}
      ${signatureStands()}
      ${onlyOfDrafts()}
      drop trigger sessions_import_marks_only on sessions;
      drop function sessions_import_marks_only;
      drop policy import_marks on sessions;
      drop policy import_holds on notes;
      drop policy only_import_marks on notes;
      alter table notes drop import_id;
      ${ADDED.map((table) => `drop policy import_adds on ${table};`).join('\n')}
      ${SEEN.map((table) => `drop policy import_sees on ${table};`).join('\n')}
      drop table import_contents, imports;
    `);
  }
}

/** A text that comes in belongs to the note it came with, draft or signed, and is its author's. */
const BROUGHT_BODY = `
        if actor.task() = 'import' then
          perform from notes
            where practice_id = new.practice_id and id = new.note_id and client_id = new.client_id
              and author_id = new.written_by and text_version = new.version and import_id is not null
              and (status = 'draft') = (new.signature is null);
          if found then
            return new;
          end if;
        end if;`;
const BROUGHT_SIGNATURE = `
        if tg_op = 'INSERT' and actor.task() = 'import' then
          return new;
        end if;`;
const BROUGHT_ADDENDUM = `
        if actor.task() = 'import' then
          perform from notes
            where practice_id = new.practice_id and id = new.note_id and client_id = new.client_id
              and status <> 'draft' and import_id is not null;
          if found then
            return new;
          end if;
        end if;`;

const onlyOfDrafts = (first = ''): string => `
      create or replace function note_bodies_only_of_drafts() returns trigger language plpgsql as $$
      begin${first}
        perform from notes
          where practice_id = new.practice_id and id = new.note_id and client_id = new.client_id
            and author_id = new.written_by and status = 'draft'
          for share;
        if not found then
          raise exception 'only a draft takes a new text, from its author' using errcode = 'check_violation',
            constraint = 'note_bodies_only_of_drafts';
        end if;
        return new;
      end $$;`;

const signatureStands = (first = ''): string => `
      create or replace function note_bodies_signature_stands() returns trigger language plpgsql as $$
      begin${first}
        if tg_op = 'UPDATE' and old.signature is null then
          perform from notes
            where practice_id = new.practice_id and id = new.note_id and text_version = new.version and status = 'draft'
            for share;
          if found then
            return new;
          end if;
        end if;
        raise exception 'a signature is put under a draft, once' using errcode = 'check_violation',
          constraint = 'note_bodies_signature_stands';
      end $$;`;

const onlyOfSigned = (first = ''): string => `
      create or replace function note_addenda_only_of_signed() returns trigger language plpgsql as $$
      begin${first}
        perform from notes n
          join note_bodies b on b.practice_id = n.practice_id and b.note_id = n.id and b.version = n.text_version
          where n.practice_id = new.practice_id and n.id = new.note_id and n.client_id = new.client_id
            and n.status = 'signed' and b.coach_reader_id = new.signed_by
          for share of n;
        if not found then
          raise exception 'only a signed note takes an addendum, from its reader' using errcode = 'check_violation',
            constraint = 'note_addenda_only_of_signed';
        end if;
        return new;
      end $$;`;
