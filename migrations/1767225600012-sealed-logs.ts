import type { MigrationInterface, QueryRunner } from 'typeorm';
import { secured } from './support/policies.js';

/** As the audit log's columns stand before and after, without those that this migration adds. */
const AUDIT_COLUMNS = `practice_id, id, at, event, outcome, user_id, roles, task, on_behalf_of, client_id, object_type,
  object_id, ground, row_count, address, request_id`;
const SECURITY_COLUMNS = 'id, at, event, subject, address, request_id';
const LOGS = ['audit_events', 'audit_event_clients', 'security_events'];

/**
 * The two logs in months, so that what is five years old goes without a `delete`; the seals that chain
 * them; and which files a list held.
 */
export class SealedLogs1767225600012 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema audit_log;
      grant usage on schema audit_log to ademruimte_app, ademruimte_lookup;

      -- The smallest UUIDv7 of an instant: ids are in the order of time, so that they bound a month, or a day.
      create function audit_log.first_id(at timestamptz) returns uuid language sql immutable parallel safe
        return (select (left(hex, 8) || '-' || right(hex, 4) || '-7000-8000-000000000000')::uuid
                  from (select lpad(to_hex(greatest(0, (extract(epoch from at) * 1000)::bigint)), 12, '0') as hex) as t);

      ${moved('audit_events')}
      create table audit_events (
        practice_id uuid not null,
        id uuid not null,
        at timestamptz(3) not null,
        event text not null,
        outcome text not null,
        user_id uuid,
        roles text[] not null,
        task text,
        on_behalf_of uuid,
        client_id uuid,
        object_type text,
        object_id uuid,
        ground text,
        row_count integer,
        address text,
        request_id uuid not null,
        client_ids uuid[],
        xid xid8 not null default pg_current_xact_id(),
        constraint audit_events_pkey primary key (practice_id, id),
        constraint audit_events_practice_fkey foreign key (practice_id) references practices (id),
        constraint audit_events_outcome_known check (outcome in ('done', 'refused', 'failed'))
      ) partition by range (id);
      create index audit_events_client on audit_events (practice_id, client_id, id desc) where client_id is not null;
      create index audit_events_user on audit_events (practice_id, user_id, id desc) where user_id is not null;
      create index audit_events_sealing on audit_events (practice_id, xid, id);
      ${secured('audit_events')}
      create policy all_write on audit_events for insert to ademruimte_app with check (true);
      -- A comparison the planner takes for one that hardly a row passes, and would then sort all months rather than
      -- read the newest; of a case it supposes half.
      create policy admin_sees on audit_events for select to ademruimte_app
        using (practice_id = actor.practice_id() and case when actor.is_admin() then true else false end);
      create policy client_sees on audit_events for select to ademruimte_app
        using (practice_id = actor.practice_id() and client_id = actor.client_id());
      create policy sealing_sees on audit_events for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'sealing');
      create policy lookup_sees on audit_events for select to ademruimte_lookup using (true);
      grant select (practice_id, id, xid) on audit_events to ademruimte_lookup;
      grant select on audit_events to ademruimte_app;
      -- Not the transaction: a row that named an older one would fall behind the seals.
      grant insert (${AUDIT_COLUMNS}, client_ids) on audit_events to ademruimte_app;

      -- Each file that a list or a search held, beside the list's own row: a client finds it, and nobody else's.
      create table audit_event_clients (
        practice_id uuid not null,
        client_id uuid not null,
        id uuid not null,
        at timestamptz(3) not null,
        event text not null,
        user_id uuid,
        roles text[] not null,
        task text,
        on_behalf_of uuid,
        constraint audit_event_clients_pkey primary key (practice_id, client_id, id)
      ) partition by range (id);
      ${secured('audit_event_clients')}
      create policy all_write on audit_event_clients for insert to ademruimte_app with check (true);
      create policy admin_sees on audit_event_clients for select to ademruimte_app
        using (practice_id = actor.practice_id() and case when actor.is_admin() then true else false end);
      create policy client_sees on audit_event_clients for select to ademruimte_app
        using (practice_id = actor.practice_id() and client_id = actor.client_id());
      grant select, insert on audit_event_clients to ademruimte_app;

      ${moved('security_events')}
      create table security_events (
        id uuid not null,
        at timestamptz(3) not null,
        event text not null,
        subject bytea,
        address text,
        request_id uuid not null,
        xid xid8 not null default pg_current_xact_id(),
        constraint security_events_pkey primary key (id)
      ) partition by range (id);
      create index security_events_sealing on security_events (xid, id);
      ${secured('security_events')}
      create policy all_write on security_events for insert to ademruimte_app with check (true);
      -- The chain of what belongs to no practice is that of the nil UUID.
      create policy sealing_sees on security_events for select to ademruimte_app
        using (actor.practice_id() = '00000000-0000-0000-0000-000000000000' and actor.task() = 'sealing');
      grant select on security_events to ademruimte_app;
      grant insert (${SECURITY_COLUMNS}) on security_events to ademruimte_app;

      -- No foreign key to the practice: the nil UUID is none, and seals outlive what they seal.
      create table audit_seals (
        practice_id uuid not null,
        number bigint not null,
        last_xid xid8 not null,
        last_id uuid not null,
        row_count integer not null,
        leaves bytea not null,
        previous bytea not null,
        hash bytea not null,
        sealed_at timestamptz(3) not null,
        constraint audit_seals_pkey primary key (practice_id, number),
        constraint audit_seals_number_positive check (number > 0),
        constraint audit_seals_leaf_of_each_row check (octet_length(leaves) = 32 * row_count)
      );
      ${secured('audit_seals')}
      create policy sealing on audit_seals to ademruimte_app
        using (practice_id = actor.practice_id() and actor.task() = 'sealing');
      create policy admin_sees on audit_seals for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.is_admin());
      grant select, insert on audit_seals to ademruimte_app;

      ${MONTHS}

      -- What was there before keeps the months it is of; older than that is one table.
      do $$
      declare
        since timestamptz := date_trunc('month', least(now(), (select min(at) from audit_events_before),
                                                       (select min(at) from security_events_before)), 'UTC');
        log text;
      begin
        foreach log in array array['${LOGS.join("', '")}'] loop
          perform audit_log.make(log, log || '_before_' || to_char(since at time zone 'UTC', 'YYYY_MM'), null, since);
          perform audit_log.make_months(log, since, now() + interval '12 months');
        end loop;
      end $$;
      insert into audit_events (${AUDIT_COLUMNS}) select ${AUDIT_COLUMNS} from audit_events_before;
      insert into security_events (${SECURITY_COLUMNS}) select ${SECURITY_COLUMNS} from security_events_before;
      drop table audit_events_before, security_events_before;

      -- Whose log grew since a transaction, among what was written in the last two days.
      create function lookup.practices_to_seal(since xid8) returns setof uuid
        language sql stable security definer set search_path = public, pg_temp
        begin atomic
          select p.id from practices p
           where exists (select from audit_events e
                          where e.practice_id = p.id and e.xid >= since
                            and e.id >= audit_log.first_id(now() - interval '2 days'));
        end;
      -- Who of the practice opened a file: its client is told a name, and no more about them.
      create function lookup.staff_name(staff_id uuid) returns text
        language sql stable security definer set search_path = public, pg_temp
        begin atomic
          select name from users
           where practice_id = actor.practice_id() and id = staff_id and roles && array['coach', 'admin'];
        end;
      grant create on schema lookup to ademruimte_lookup;
      alter function lookup.practices_to_seal(xid8) owner to ademruimte_lookup;
      alter function lookup.staff_name(uuid) owner to ademruimte_lookup;
      revoke create on schema lookup from ademruimte_lookup;
      revoke execute on function lookup.practices_to_seal(xid8), lookup.staff_name(uuid) from public;
      grant execute on function lookup.practices_to_seal(xid8), lookup.staff_name(uuid) to ademruimte_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function lookup.practices_to_seal(xid8), lookup.staff_name(uuid);
      drop table audit_seals, audit_event_clients;
      ${moved('audit_events')}
      drop index audit_events_sealing;
      create table audit_events (
        practice_id uuid not null,
        id uuid not null,
        at timestamptz(3) not null,
        event text not null,
        outcome text not null,
        user_id uuid,
        roles text[] not null,
        task text,
        on_behalf_of uuid,
        client_id uuid,
        object_type text,
        object_id uuid,
        ground text,
        row_count integer,
        address text,
        request_id uuid not null,
        constraint audit_events_pkey primary key (practice_id, id),
        constraint audit_events_practice_fkey foreign key (practice_id) references practices (id),
        constraint audit_events_outcome_known check (outcome in ('done', 'refused', 'failed'))
      );
      create index audit_events_client on audit_events (practice_id, client_id, id desc) where client_id is not null;
      create index audit_events_user on audit_events (practice_id, user_id, id desc) where user_id is not null;
      insert into audit_events select ${AUDIT_COLUMNS} from audit_events_before;
      drop table audit_events_before;
      ${secured('audit_events')}
      create policy all_write on audit_events for insert to ademruimte_app with check (true);
      create policy admin_sees on audit_events for select to ademruimte_app
        using (practice_id = actor.practice_id() and actor.is_admin());
      create policy client_sees on audit_events for select to ademruimte_app
        using (practice_id = actor.practice_id() and client_id = actor.client_id());
      grant select, insert on audit_events to ademruimte_app;

      ${moved('security_events')}
      create table security_events (
        id uuid not null,
        at timestamptz(3) not null,
        event text not null,
        subject bytea,
        address text,
        request_id uuid not null,
        constraint security_events_pkey primary key (id)
      );
      insert into security_events select ${SECURITY_COLUMNS} from security_events_before;
      drop table security_events_before;
      ${secured('security_events')}
      create policy all_write on security_events for insert to ademruimte_app with check (true);
      grant insert on security_events to ademruimte_app;
      drop schema audit_log cascade;
    `);
  }
}

/** Puts a log aside under another name, readable to its owner, with its names free for the one that follows. */
function moved(log: string): string {
  const indexes = log === 'audit_events' ? ['audit_events_client', 'audit_events_user'] : [];
  return `
    alter table ${log} rename to ${log}_before;
    alter table ${log}_before no force row level security;
    alter table ${log}_before rename constraint ${log}_pkey to ${log}_before_pkey;
    ${indexes.map((name) => `alter index ${name} rename to ${name}_before;`).join('\n')}`;
}

/**
 * Only the owner makes and drops tables, so the months are made and dropped by functions of the owner's, and
 * the one that others may call takes no date: nobody can make it later than it is. A table of a month has
 * policies on and none of its own, and no grants: what is asked of it directly is refused.
 */
const MONTHS = `
  create function audit_log.make(log text, name text, since timestamptz, until timestamptz) returns void
    language plpgsql set search_path = public, pg_temp as $$
  begin
    -- Made apart and then attached: that holds up neither who reads nor who writes the log.
    execute format('create table %I (like %I including defaults including constraints)', name, log);
    execute format('alter table %I enable row level security', name);
    execute format('alter table %I force row level security', name);
    execute format('alter table %I attach partition %I for values from (%s) to (%L)', log, name,
                   coalesce(quote_literal(audit_log.first_id(since)), 'minvalue'), audit_log.first_id(until));
  end $$;

  create function audit_log.make_months(log text, since timestamptz, until timestamptz) returns void
    language plpgsql set search_path = public, pg_temp as $$
  declare
    month timestamptz := date_trunc('month', since, 'UTC');
    name text;
  begin
    while month <= until loop
      name := log || '_' || to_char(month at time zone 'UTC', 'YYYY_MM');
      if to_regclass(name) is null then
        perform audit_log.make(log, name, month, (month at time zone 'UTC' + interval '1 month') at time zone 'UTC');
      end if;
      month := (month at time zone 'UTC' + interval '1 month') at time zone 'UTC';
    end loop;
  end $$;

  -- A year of months ahead, and none that ended five years ago.
  create function audit_log.keep_months_at(at timestamptz) returns void
    language plpgsql set search_path = public, pg_temp as $$
  declare
    log text;
    month record;
    oldest text := to_char((at - interval '5 years') at time zone 'UTC', 'YYYY_MM');
  begin
    foreach log in array array['${LOGS.join("', '")}'] loop
      perform audit_log.make_months(log, at, at + interval '12 months');
      for month in
        select c.relname as name, right(c.relname, 7) as label, c.relname like log || '\\_before\\_%' as is_before
          from pg_inherits i join pg_class c on c.oid = i.inhrelid
         where i.inhparent = log::regclass
      loop
        -- The label of a month is its own, that of the rows before all months is where it ends.
        if month.label < oldest or (month.is_before and month.label <= oldest) then
          execute format('drop table %I', month.name);
        end if;
      end loop;
    end loop;
  end $$;

  create function audit_log.keep_months() returns void
    language sql security definer set search_path = public, pg_temp set lock_timeout = '2s'
    begin atomic
      select audit_log.keep_months_at(now());
    end;
  revoke execute on all functions in schema audit_log from public;
  grant execute on function audit_log.keep_months() to ademruimte_app;
  grant execute on function audit_log.first_id(timestamptz) to ademruimte_app, ademruimte_lookup;`;
