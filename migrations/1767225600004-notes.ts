import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowsOfAFile, visibleToAdmin } from './support/policies.js';

/** Notes: their metadata, their bodies by version, and their sharing. */
export class Notes1767225600004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table notes (
        practice_id uuid not null,
        id uuid not null,
        client_id uuid not null,
        coach_id uuid not null,
        session_id uuid,
        author_id uuid not null,
        visibility text not null,
        status text not null,
        text_version integer not null,
        created_at timestamptz(3) not null,
        updated_at timestamptz(3) not null,
        signed_at timestamptz(3),
        signed_by uuid,
        version integer not null,
        constraint notes_pkey primary key (practice_id, id),
        constraint notes_session_fkey foreign key (practice_id, session_id) references sessions (practice_id, id),
        constraint notes_author_fkey foreign key (practice_id, author_id) references users (practice_id, id),
        constraint notes_signer_fkey foreign key (practice_id, signed_by) references users (practice_id, id),
        constraint notes_visibility_known check (visibility in ('private', 'shared')),
        constraint notes_status_known check (status in ('draft', 'signed', 'entered_in_error')),
        constraint notes_signature_whole check (
          (signed_at is null) = (signed_by is null) and (signed_at is null) = (status = 'draft')
        )
      );
      create index notes_file on notes (practice_id, client_id, id desc);
      create index notes_session on notes (practice_id, session_id, id desc);
      create index notes_author on notes (practice_id, author_id);
      create index notes_signer on notes (practice_id, signed_by);
      ${rowsOfAFile('notes')}
      create policy coach_sees on notes for select to ademruimte_app
        using (practice_id = actor.practice_id() and coach_id = actor.coach_id());
      create policy coach_writes on notes for insert to ademruimte_app
        with check (practice_id = actor.practice_id() and coach_id = actor.coach_id() and author_id = actor.coach_id()
          and status = 'draft');
      create policy coach_changes on notes for update to ademruimte_app
        using (practice_id = actor.practice_id() and coach_id = actor.coach_id());
      create policy author_deletes_draft on notes for delete to ademruimte_app
        using (practice_id = actor.practice_id() and author_id = actor.coach_id() and coach_id = actor.coach_id()
          and status = 'draft');
      create policy client_sees on notes for select to ademruimte_app
        using (practice_id = actor.practice_id() and client_id = actor.client_id()
          and visibility = 'shared' and status <> 'draft');
      ${visibleToAdmin('notes')}
      grant select, insert, delete on notes to ademruimte_app;
      grant update (visibility, status, text_version, updated_at, signed_at, signed_by, version)
        on notes to ademruimte_app;

      -- A signature is for ever: what was signed, by whom and when does not change again, by no route and no SQL.
      create function notes_signed_is_for_ever() returns trigger language plpgsql as $$
      begin
        if old.status <> 'draft' and (
          (old.session_id, old.author_id, old.text_version, old.created_at, old.signed_at, old.signed_by)
            is distinct from
          (new.session_id, new.author_id, new.text_version, new.created_at, new.signed_at, new.signed_by)
          or new.status = 'draft'
        ) then
          raise exception 'a signed note does not change' using errcode = 'check_violation',
            constraint = 'notes_signed_is_for_ever';
        end if;
        if old.status = 'draft' and new.status <> 'draft' and new.signed_by is distinct from actor.coach_id() then
          raise exception 'who signs is the signer' using errcode = 'check_violation',
            constraint = 'notes_signer_signs';
        end if;
        return new;
      end $$;
      create trigger notes_signed_is_for_ever before update on notes
        for each row execute function notes_signed_is_for_ever();

      -- Each saved text is a row of its own and is never rewritten. A body names its readers: of a private one the
      -- coach who wrote it, of a shared one the file's coach, and once it is signed the client.
      create table note_bodies (
        practice_id uuid not null,
        note_id uuid not null,
        version integer not null,
        client_id uuid not null,
        coach_id uuid not null,
        coach_reader_id uuid,
        client_reader_id uuid,
        body bytea not null,
        written_by uuid not null,
        written_at timestamptz(3) not null,
        constraint note_bodies_pkey primary key (practice_id, note_id, version),
        constraint note_bodies_note_fkey foreign key (practice_id, note_id)
          references notes (practice_id, id) on delete cascade,
        constraint note_bodies_writer_fkey foreign key (practice_id, written_by) references users (practice_id, id),
        constraint note_bodies_only_own_client check (client_reader_id = client_id)
      );
      create index note_bodies_file on note_bodies (practice_id, client_id);
      create index note_bodies_writer on note_bodies (practice_id, written_by);
      ${rowsOfAFile('note_bodies')}
      create policy coach_reads on note_bodies for select to ademruimte_app
        using (practice_id = actor.practice_id() and coach_id = actor.coach_id()
          and coach_reader_id = actor.coach_id());
      create policy coach_writes on note_bodies for insert to ademruimte_app
        with check (practice_id = actor.practice_id() and coach_id = actor.coach_id()
          and coach_reader_id = actor.coach_id() and written_by = actor.coach_id());
      create policy coach_shares on note_bodies for update to ademruimte_app
        using (practice_id = actor.practice_id() and coach_id = actor.coach_id()
          and coach_reader_id = actor.coach_id());
      create policy client_reads on note_bodies for select to ademruimte_app
        using (practice_id = actor.practice_id() and client_reader_id = actor.client_id());
      grant select, insert on note_bodies to ademruimte_app;
      grant update (coach_reader_id, client_reader_id) on note_bodies to ademruimte_app;

      -- A new text is of a draft, and of its author; the lock keeps a signature from coming in between.
      create function note_bodies_only_of_drafts() returns trigger language plpgsql as $$
      begin
        perform from notes
          where practice_id = new.practice_id and id = new.note_id and client_id = new.client_id
            and author_id = new.written_by and status = 'draft'
          for share;
        if not found then
          raise exception 'only a draft takes a new text, from its author' using errcode = 'check_violation',
            constraint = 'note_bodies_only_of_drafts';
        end if;
        return new;
      end $$;
      create trigger note_bodies_only_of_drafts before insert on note_bodies
        for each row execute function note_bodies_only_of_drafts();

      -- The client reads what was signed and is shared, in the text that was signed, and nothing else.
      create function note_bodies_client_reads_shared() returns trigger language plpgsql as $$
      begin
        if new.client_reader_id is null then
          return new;
        end if;
        perform from notes
          where practice_id = new.practice_id and id = new.note_id and text_version = new.version
            and visibility = 'shared' and status <> 'draft'
          for share;
        if not found then
          raise exception 'the client reads only what is signed and shared' using errcode = 'check_violation',
            constraint = 'note_bodies_client_reads_shared';
        end if;
        return new;
      end $$;
      create trigger note_bodies_client_reads_shared before insert or update of client_reader_id on note_bodies
        for each row execute function note_bodies_client_reads_shared();
      create function notes_private_is_unread() returns trigger language plpgsql as $$
      begin
        perform from note_bodies
          where practice_id = new.practice_id and note_id = new.id and client_reader_id is not null;
        if found then
          raise exception 'what the client reads is not private' using errcode = 'check_violation',
            constraint = 'notes_private_is_unread';
        end if;
        return new;
      end $$;
      create trigger notes_private_is_unread before update of visibility on notes
        for each row when (new.visibility = 'private') execute function notes_private_is_unread();

      -- There from the moment that the client can read the note, until that is taken back.
      create table note_shares (
        practice_id uuid not null,
        note_id uuid not null,
        client_id uuid not null,
        coach_id uuid not null,
        shared_by uuid not null,
        shared_at timestamptz(3) not null,
        first_read_at timestamptz(3),
        constraint note_shares_pkey primary key (practice_id, note_id),
        constraint note_shares_note_fkey foreign key (practice_id, note_id)
          references notes (practice_id, id) on delete cascade,
        constraint note_shares_sharer_fkey foreign key (practice_id, shared_by) references users (practice_id, id)
      );
      create index note_shares_file on note_shares (practice_id, client_id);
      create index note_shares_sharer on note_shares (practice_id, shared_by);
      ${rowsOfAFile('note_shares')}
      create policy coach_sees on note_shares for select to ademruimte_app
        using (practice_id = actor.practice_id() and coach_id = actor.coach_id());
      create policy coach_shares on note_shares for insert to ademruimte_app
        with check (practice_id = actor.practice_id() and coach_id = actor.coach_id()
          and shared_by = actor.coach_id() and first_read_at is null);
      create policy coach_takes_back_unread on note_shares for delete to ademruimte_app
        using (practice_id = actor.practice_id() and coach_id = actor.coach_id() and first_read_at is null);
      create policy client_sees on note_shares for select to ademruimte_app
        using (practice_id = actor.practice_id() and client_id = actor.client_id());
      create policy client_reads on note_shares for update to ademruimte_app
        using (practice_id = actor.practice_id() and client_id = actor.client_id());
      create policy admin_sees on note_shares for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.is_admin());
      grant select, insert, delete on note_shares to ademruimte_app;
      grant update (first_read_at) on note_shares to ademruimte_app;

      -- What was read cannot become unread, nor read at another time.
      create function note_shares_first_read_stays() returns trigger language plpgsql as $$
      begin
        if new.first_read_at is distinct from old.first_read_at and old.first_read_at is not null then
          raise exception 'a first reading stays' using errcode = 'check_violation',
            constraint = 'note_shares_first_read_stays';
        end if;
        return new;
      end $$;
      create trigger note_shares_first_read_stays before update of first_read_at on note_shares
        for each row execute function note_shares_first_read_stays();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table note_shares, note_bodies, notes;
      drop function note_bodies_client_reads_shared, note_bodies_only_of_drafts, note_shares_first_read_stays,
        notes_private_is_unread, notes_signed_is_for_ever;
    `);
  }
}
