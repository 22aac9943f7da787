import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the proof of a person looks at, each row by its key. */
const LOOKED_AT = ['logins', 'clients', 'second_factors', 'passkeys'];

/**
 * The proof that begins each person's transaction, as one function. It runs with the rights of the role that looks up
 * what comes before a practice is known: the policies of four tables cost more than its answer, and it tells nothing
 * but yes or no about the one login that asks.
 */
export class OneProof1767225600015 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${LOOKED_AT.map((table) => `create policy lookup_sees on ${table} for select to ademruimte_lookup using (true);`).join('\n')}
      grant select (practice_id, id, user_id, ended_at) on logins to ademruimte_lookup;
      grant select (practice_id, id, user_id) on clients to ademruimte_lookup;
      grant select (practice_id, user_id, confirmed_at) on second_factors to ademruimte_lookup;
      grant select (practice_id, user_id) on passkeys to ademruimte_lookup;

      -- Enrolling: on a route that is open also to who has yet to set up the second factor that the practice wants.
      create function actor.confirm(enrolling boolean) returns void
        language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
      declare
        standing text[];
        own_file uuid;
        wants_factor boolean;
      begin
        select u.roles, c.id, p.second_factor_required into standing, own_file, wants_factor
          from public.logins l
          join public.users u on u.practice_id = l.practice_id and u.id = l.user_id
          join public.practices p on p.id = l.practice_id
          left join public.clients c on c.practice_id = u.practice_id and c.user_id = u.id
         where l.practice_id = actor.practice_id() and l.id = actor.login_id()
           and l.user_id = actor.user_id() and l.ended_at is null and u.disabled_at is null;
        if standing is null
          or ('coach' = any (standing)) <> (actor.coach_id() is not null)
          or ('admin' = any (standing)) <> actor.is_admin()
          or ('client' = any (standing)) <> (actor.client_id() is not null)
          or own_file is distinct from actor.client_id()
        then
          raise exception 'the login does not stand as the token says' using errcode = '28000';
        end if;
        if wants_factor and not enrolling and (actor.coach_id() is not null or actor.is_admin())
          and not exists (
            select from public.second_factors
             where practice_id = actor.practice_id() and user_id = actor.user_id() and confirmed_at is not null)
          and not exists (
            select from public.passkeys
             where practice_id = actor.practice_id() and user_id = actor.user_id())
        then
          raise exception 'the practice wants a second factor first' using errcode = '28A2F';
        end if;
      end $$;
      revoke execute on function actor.confirm(boolean) from public;
      grant execute on function actor.confirm(boolean) to ademruimte_app;
      grant create on schema actor to ademruimte_lookup;
      alter function actor.confirm(boolean) owner to ademruimte_lookup;
      revoke create on schema actor from ademruimte_lookup;
      drop function actor.confirm();
      drop function actor.confirm_second_factor();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create function actor.confirm_second_factor() returns void language plpgsql stable as $$
      begin
        if (actor.coach_id() is not null or actor.is_admin())
          and (select second_factor_required from practices where id = actor.practice_id())
          and not exists (
            select from second_factors
             where practice_id = actor.practice_id() and user_id = actor.user_id() and confirmed_at is not null)
          and not exists (
            select from passkeys where practice_id = actor.practice_id() and user_id = actor.user_id())
        then
          raise exception 'the practice wants a second factor first' using errcode = '28A2F';
        end if;
      end $$;
      create function actor.confirm() returns void language plpgsql stable as $$
      declare
        standing text[];
        own_file uuid;
      begin
        select u.roles, c.id into standing, own_file
          from logins l
          join users u on u.practice_id = l.practice_id and u.id = l.user_id
          left join clients c on c.practice_id = u.practice_id and c.user_id = u.id
         where l.practice_id = actor.practice_id() and l.id = actor.login_id()
           and l.user_id = actor.user_id() and l.ended_at is null and u.disabled_at is null;
        if standing is null
          or ('coach' = any (standing)) <> (actor.coach_id() is not null)
          or ('admin' = any (standing)) <> actor.is_admin()
          or ('client' = any (standing)) <> (actor.client_id() is not null)
          or own_file is distinct from actor.client_id()
        then
          raise exception 'the login does not stand as the token says' using errcode = '28000';
        end if;
      end $$;
      drop function actor.confirm(boolean);
      revoke select (practice_id, id, user_id, ended_at) on logins from ademruimte_lookup;
      revoke select (practice_id, id, user_id) on clients from ademruimte_lookup;
      revoke select (practice_id, user_id, confirmed_at) on second_factors from ademruimte_lookup;
      revoke select (practice_id, user_id) on passkeys from ademruimte_lookup;
      ${LOOKED_AT.map((table) => `drop policy lookup_sees on ${table};`).join('\n')}
    `);
  }
}
