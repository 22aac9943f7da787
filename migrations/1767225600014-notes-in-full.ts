import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowsOfAFile, secured } from './support/policies.js';

/** Notes in full: what a signature covers, addenda, mistakes, who read what, templates, and sessions that wait for a signature. */
export class NotesInFull1767225600014 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table notes
        add entered_in_error_at timestamptz(3),
        add entered_in_error_by uuid,
        add constraint notes_erring_fkey foreign key (practice_id, entered_in_error_by)
          references users (practice_id, id),
        add constraint notes_error_whole check (
          (entered_in_error_at is null) = (entered_in_error_by is null)
          and (entered_in_error_at is null) = (status <> 'entered_in_error')
        );
      create index notes_erring on notes (practice_id, entered_in_error_by);
      create index notes_of_coach on notes (practice_id, coach_id, id desc);
      grant update (entered_in_error_at, entered_in_error_by) on notes to ademruimte_app;

      -- The SHA-256 of what was signed, sealed: a bare hash of a short text can be guessed.
      alter table note_bodies add signature bytea;
      grant update (signature) on note_bodies to ademruimte_app;
      create function note_bodies_signature_stands() returns trigger language plpgsql as $$
      begin
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
      end $$;
      create trigger note_bodies_signature_stands before update of signature on note_bodies
        for each row execute function note_bodies_signature_stands();
      create trigger note_bodies_begin_unsigned before insert on note_bodies
        for each row when (new.signature is not null) execute function note_bodies_signature_stands();

      -- Words that came after the signature: each signed as it is written, and never rewritten.
      create table note_addenda (
        practice_id uuid not null,
        id uuid not null,
        note_id uuid not null,
        client_id uuid not null,
        coach_id uuid not null,
        coach_reader_id uuid,
        client_reader_id uuid,
        body bytea not null,
        signature bytea not null,
        signed_by uuid not null,
        signed_at timestamptz(3) not null,
        constraint note_addenda_pkey primary key (practice_id, id),
        constraint note_addenda_note_fkey foreign key (practice_id, note_id) references notes (practice_id, id),
        constraint note_addenda_signer_fkey foreign key (practice_id, signed_by) references users (practice_id, id),
        constraint note_addenda_only_own_client check (client_reader_id = client_id)
      );
      create index note_addenda_note on note_addenda (practice_id, note_id, id);
      create index note_addenda_file on note_addenda (practice_id, client_id);
      create index note_addenda_signer on note_addenda (practice_id, signed_by);
      ${rowsOfAFile('note_addenda')}
      create policy coach_reads on note_addenda for select to ademruimte_app
        using (practice_id = actor.practice_id() and coach_id = actor.coach_id()
          and coach_reader_id = actor.coach_id());
      create policy coach_adds on note_addenda for insert to ademruimte_app
        with check (practice_id = actor.practice_id() and coach_id = actor.coach_id()
          and coach_reader_id = actor.coach_id() and signed_by = actor.coach_id());
      create policy coach_shares on note_addenda for update to ademruimte_app
        using (practice_id = actor.practice_id() and coach_id = actor.coach_id()
          and coach_reader_id = actor.coach_id());
      create policy client_reads on note_addenda for select to ademruimte_app
        using (practice_id = actor.practice_id() and client_reader_id = actor.client_id());
      grant select, insert on note_addenda to ademruimte_app;
      grant update (coach_reader_id, client_reader_id) on note_addenda to ademruimte_app;

      -- Only who reads a signed note adds to it.
      create function note_addenda_only_of_signed() returns trigger language plpgsql as $$
      begin
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
      end $$;
      create trigger note_addenda_only_of_signed before insert on note_addenda
        for each row execute function note_addenda_only_of_signed();
      create function note_addenda_client_reads_shared() returns trigger language plpgsql as $$
      begin
        if new.client_reader_id is not null then
          perform from notes
            where practice_id = new.practice_id and id = new.note_id and visibility = 'shared' and status <> 'draft'
            for share;
          if not found then
            raise exception 'the client reads only what is signed and shared' using errcode = 'check_violation',
              constraint = 'note_addenda_client_reads_shared';
          end if;
        end if;
        return new;
      end $$;
      create trigger note_addenda_client_reads_shared before insert or update of client_reader_id on note_addenda
        for each row execute function note_addenda_client_reads_shared();

      -- Why a signed note was a mistake. The note itself stays, struck through.
      create table note_errors (
        practice_id uuid not null,
        note_id uuid not null,
        client_id uuid not null,
        coach_id uuid not null,
        coach_reader_id uuid,
        reason bytea not null,
        constraint note_errors_pkey primary key (practice_id, note_id),
        constraint note_errors_note_fkey foreign key (practice_id, note_id) references notes (practice_id, id)
      );
      create index note_errors_file on note_errors (practice_id, client_id);
      ${rowsOfAFile('note_errors')}
      create policy coach_reads on note_errors for select to ademruimte_app
        using (practice_id = actor.practice_id() and coach_id = actor.coach_id()
          and coach_reader_id = actor.coach_id());
      create policy coach_explains on note_errors for insert to ademruimte_app
        with check (practice_id = actor.practice_id() and coach_id = actor.coach_id()
          and coach_reader_id = actor.coach_id());
      grant select, insert on note_errors to ademruimte_app;
      grant update (coach_reader_id) on note_errors to ademruimte_app;
      create function note_errors_only_of_signed() returns trigger language plpgsql as $$
      begin
        perform from notes n
          join note_bodies b on b.practice_id = n.practice_id and b.note_id = n.id and b.version = n.text_version
          where n.practice_id = new.practice_id and n.id = new.note_id and n.client_id = new.client_id
            and n.status = 'signed' and b.coach_reader_id = new.coach_reader_id
          for share of n;
        if not found then
          raise exception 'only a signed note can have been a mistake, and its reader says so'
            using errcode = 'check_violation', constraint = 'note_errors_only_of_signed';
        end if;
        return new;
      end $$;
      create trigger note_errors_only_of_signed before insert on note_errors
        for each row execute function note_errors_only_of_signed();

      -- A signature is for ever, and so is a mistake: what was signed, by whom and when does not change again, by no
      -- route and no SQL. A task of the system may move a signed note to another coach, and nothing else.
      create or replace function notes_signed_is_for_ever() returns trigger language plpgsql as $$
      begin
        if old.status <> 'draft' and (
          (old.session_id, old.author_id, old.text_version, old.created_at, old.signed_at, old.signed_by)
            is distinct from
          (new.session_id, new.author_id, new.text_version, new.created_at, new.signed_at, new.signed_by)
          or new.status = 'draft'
          or old.status = 'entered_in_error' and (old.status, old.entered_in_error_at, old.entered_in_error_by)
            is distinct from (new.status, new.entered_in_error_at, new.entered_in_error_by)
          or actor.task() is not null
            and (old.status, old.visibility, old.updated_at, old.version, old.entered_in_error_at)
            is distinct from (new.status, new.visibility, new.updated_at, new.version, new.entered_in_error_at)
        ) then
          raise exception 'a signed note does not change' using errcode = 'check_violation',
            constraint = 'notes_signed_is_for_ever';
        end if;
        if old.status = 'draft' and new.status <> 'draft' then
          if new.signed_by is distinct from actor.coach_id() then
            raise exception 'who signs is the signer' using errcode = 'check_violation',
              constraint = 'notes_signer_signs';
          end if;
          perform from note_bodies
            where practice_id = new.practice_id and note_id = new.id and version = new.text_version
              and signature is not null;
          if not found or new.status <> 'signed' then
            raise exception 'a signature comes with the hash of what is signed' using errcode = 'check_violation',
              constraint = 'notes_signature_has_hash';
          end if;
        end if;
        if old.status = 'signed' and new.status = 'entered_in_error' then
          perform from note_errors where practice_id = new.practice_id and note_id = new.id;
          if not found or new.entered_in_error_by is distinct from actor.coach_id() then
            raise exception 'a mistake has a reason, from who says so' using errcode = 'check_violation',
              constraint = 'notes_error_has_reason';
          end if;
        end if;
        return new;
      end $$;

      -- What the client can read of a note ends by taking the sharing back, which is there until they read it.
      create function note_texts_shared_until_taken_back() returns trigger language plpgsql as $$
      begin
        perform from note_shares where practice_id = old.practice_id and note_id = old.note_id;
        if found then
          raise exception 'sharing is taken back first' using errcode = 'check_violation',
            constraint = 'note_texts_shared_until_taken_back';
        end if;
        return new;
      end $$;
      create trigger note_bodies_shared_until_taken_back before update of client_reader_id on note_bodies
        for each row when (old.client_reader_id is not null and new.client_reader_id is null)
        execute function note_texts_shared_until_taken_back();
      create trigger note_addenda_shared_until_taken_back before update of client_reader_id on note_addenda
        for each row when (old.client_reader_id is not null and new.client_reader_id is null)
        execute function note_texts_shared_until_taken_back();
      create or replace function notes_private_is_unread() returns trigger language plpgsql as $$
      begin
        perform 1 from note_bodies
          where practice_id = new.practice_id and note_id = new.id and client_reader_id is not null
          union all
          select 1 from note_addenda
          where practice_id = new.practice_id and note_id = new.id and client_reader_id is not null;
        if found then
          raise exception 'what the client reads is not private' using errcode = 'check_violation',
            constraint = 'notes_private_is_unread';
        end if;
        return new;
      end $$;

      -- Who read it, beside when.
      alter table note_shares no force row level security;
      alter table clients no force row level security;
      alter table note_shares add first_read_by uuid;
      update note_shares s set first_read_by = c.user_id
        from clients c
        where c.practice_id = s.practice_id and c.id = s.client_id and s.first_read_at is not null;
      alter table clients force row level security;
      alter table note_shares force row level security;
      alter table note_shares
        add constraint note_shares_reader_fkey foreign key (practice_id, first_read_by)
          references users (practice_id, id),
        add constraint note_shares_reading_whole check ((first_read_at is null) = (first_read_by is null));
      create index note_shares_reader on note_shares (practice_id, first_read_by);
      grant update (first_read_by) on note_shares to ademruimte_app;
      create or replace function note_shares_first_read_stays() returns trigger language plpgsql as $$
      begin
        if old.first_read_at is not null
          and (new.first_read_at, new.first_read_by) is distinct from (old.first_read_at, old.first_read_by) then
          raise exception 'a first reading stays' using errcode = 'check_violation',
            constraint = 'note_shares_first_read_stays';
        end if;
        if old.first_read_at is null and new.first_read_by is distinct from actor.user_id() then
          raise exception 'who reads is the reader' using errcode = 'check_violation',
            constraint = 'note_shares_reader_reads';
        end if;
        return new;
      end $$;
      drop trigger note_shares_first_read_stays on note_shares;
      create trigger note_shares_first_read_stays before update of first_read_at, first_read_by on note_shares
        for each row execute function note_shares_first_read_stays();
      create function note_shares_only_of_shared() returns trigger language plpgsql as $$
      begin
        perform from notes
          where practice_id = new.practice_id and id = new.note_id and client_id = new.client_id
            and visibility = 'shared' and status <> 'draft'
          for share;
        if not found then
          raise exception 'shared is what is shared and signed' using errcode = 'check_violation',
            constraint = 'note_shares_only_of_shared';
        end if;
        return new;
      end $$;
      create trigger note_shares_only_of_shared before insert on note_shares
        for each row execute function note_shares_only_of_shared();

      -- A signature holds what was seen, and when: by every statement, and not only by the service.
      create function locked_by_signature() returns trigger language plpgsql as $$
      declare
        session uuid := case tg_table_name when 'sessions' then to_jsonb(new) ->> 'id' else to_jsonb(new) ->> 'session_id' end;
      begin
        perform from notes where practice_id = new.practice_id and session_id = session and status <> 'draft';
        if found then
          raise exception 'a signed note holds this as it was' using errcode = 'check_violation',
            constraint = 'locked_by_signature';
        end if;
        return new;
      end $$;
      create trigger sessions_time_locked_by_signature before update of starts_at, ends_at on sessions
        for each row when ((old.starts_at, old.ends_at) is distinct from (new.starts_at, new.ends_at))
        execute function locked_by_signature();
      create trigger observations_locked_by_signature
        before insert or update of tension_before, tension_after, recovery_signals, take_home, transition_moments,
          observed_by, updated_at, version on observations
        for each row execute function locked_by_signature();
      create trigger observation_details_locked_by_signature
        before insert or update of question, thoughts, let_go, tension_areas, breath, safety, rest, presence,
          acceptance, natural_rhythm, version on observation_details
        for each row execute function locked_by_signature();

      -- Whether a session has its signed note: kept beside it, so that those that wait are found along an index.
      alter table sessions add note_signed boolean not null default false;
      grant update (note_signed) on sessions to ademruimte_app;
      alter table sessions no force row level security;
      alter table notes no force row level security;
      update sessions s set note_signed = true
        where exists (select from notes n
          where n.practice_id = s.practice_id and n.session_id = s.id and n.status = 'signed');
      alter table notes force row level security;
      alter table sessions force row level security;
      create index sessions_unsigned_of_practice on sessions (practice_id, starts_at desc, id desc)
        where status = 'completed' and not note_signed;
      create index sessions_unsigned_of_coach on sessions (practice_id, coach_id, starts_at desc, id desc)
        where status = 'completed' and not note_signed;
      create function notes_sign_their_session() returns trigger language plpgsql as $$
      begin
        update sessions set note_signed = exists (
            select from notes
             where practice_id = new.practice_id and session_id = new.session_id and status = 'signed'
          )
          where practice_id = new.practice_id and id = new.session_id;
        return null;
      end $$;
      create trigger notes_sign_their_session after insert or update of status on notes
        for each row when (new.session_id is not null and new.status <> 'draft')
        execute function notes_sign_their_session();

      -- A practice's own words to begin a note with, in the place of those that come with the product; about nobody.
      create table note_templates (
        practice_id uuid not null,
        kind text not null,
        text_nl text not null,
        text_en text not null,
        written_by uuid not null,
        written_at timestamptz(3) not null,
        version integer not null,
        constraint note_templates_pkey primary key (practice_id, kind),
        constraint note_templates_practice_fkey foreign key (practice_id) references practices (id),
        constraint note_templates_writer_fkey foreign key (practice_id, written_by) references users (practice_id, id),
        constraint note_templates_kind_known check (kind in ('energizing', 'intake', 'evaluation', 'free'))
      );
      create index note_templates_writer on note_templates (practice_id, written_by);
      ${secured('note_templates')}
      create policy coach on note_templates to ademruimte_app
        using (practice_id = actor.practice_id() and actor.coach_id() is not null);
      create policy admin on note_templates to ademruimte_app
        using (practice_id = actor.practice_id() and actor.is_admin());
      grant select, insert, delete on note_templates to ademruimte_app;
      grant update (text_nl, text_en, written_by, written_at, version) on note_templates to ademruimte_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop table note_templates;

      drop trigger notes_sign_their_session on notes;
      drop function notes_sign_their_session;
      alter table sessions drop note_signed;

      drop trigger sessions_time_locked_by_signature on sessions;
      drop trigger observations_locked_by_signature on observations;
      drop trigger observation_details_locked_by_signature on observation_details;
      drop function locked_by_signature;

      drop trigger note_shares_only_of_shared on note_shares;
      drop function note_shares_only_of_shared;
      drop trigger note_shares_first_read_stays on note_shares;
      alter table note_shares drop first_read_by;
      create or replace function note_shares_first_read_stays() returns trigger language plpgsql as $$
      begin
        if new.first_read_at is distinct from old.first_read_at and old.first_read_at is not null then
          raise exception 'a first reading stays' using errcode = 'check_violation',
            constraint = 'note_shares_first_read_stays';
        end if;
        return new;
      end $$;
      create trigger note_shares_first_read_stays before update of first_read_at on note_shares
        for each row execute function note_shares_first_read_stays();

      create or replace function notes_private_is_unread() returns trigger language plpgsql as $$
      begin
        perform from note_bodies
          where practice_id = new.practice_id and note_id = new.id and client_reader_id is not null;
        if found then
          raise exception 'what the client reads is not private' using errcode = 'check_violation',
            constraint = 'notes_private_is_unread';
        end if;
        return new;
      end $$;
      create or replace function notes_signed_is_for_ever() returns trigger language plpgsql as $$
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

      drop table note_errors, note_addenda;
      drop trigger note_bodies_shared_until_taken_back on note_bodies;
      drop function note_texts_shared_until_taken_back, note_addenda_only_of_signed, note_addenda_client_reads_shared,
        note_errors_only_of_signed;
      drop trigger note_bodies_signature_stands on note_bodies;
      drop trigger note_bodies_begin_unsigned on note_bodies;
      drop function note_bodies_signature_stands;
      alter table note_bodies drop signature;
      drop index notes_of_coach;
      alter table notes drop entered_in_error_at, drop entered_in_error_by;
    `);
  }
}
