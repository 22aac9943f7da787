import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Only the role that looks up what comes before a practice is known reads these rows; all others may call. */
const HANDED_OVER = (routine: string): string => `
  revoke execute on ${routine} from public;
  grant execute on ${routine} to ademruimte_app;
  grant create on schema actor to ademruimte_lookup;
  alter ${routine} owner to ademruimte_lookup;
  revoke create on schema actor from ademruimte_lookup;`;

/**
 * The proof that begins each person's transaction looks at one row after the other by its key, and at none that this
 * person has not. A join of four tables took three times as long: its executor has to be set up and torn down each
 * time. As a procedure it needs no query around it.
 */
export class ProofByKeys1767225600033 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop function actor.confirm(boolean);
      -- Enrolling: on a route that is open also to who has yet to set up the second factor that the practice wants.
      create procedure actor.confirm(enrolling boolean)
        language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
      declare
        practice constant uuid := actor.practice_id();
        person constant uuid := actor.user_id();
        coach constant boolean := actor.coach_id() is not null;
        admin constant boolean := actor.is_admin();
        file constant uuid := actor.client_id();
        standing text[];
        stands boolean;
      begin
        select l.ended_at is null into stands
          from public.logins l where l.practice_id = practice and l.id = actor.login_id() and l.user_id = person;
        if stands then
          select u.disabled_at is null, u.roles into stands, standing
            from public.users u where u.practice_id = practice and u.id = person;
        end if;
        if stands then
          stands := ('coach' = any (standing)) = coach and ('admin' = any (standing)) = admin
            and ('client' = any (standing)) = (file is not null);
        end if;
        if stands and file is not null then
          select c.id = file into stands from public.clients c where c.practice_id = practice and c.user_id = person;
        end if;
        if stands is not true then
          raise exception 'the login does not stand as the token says' using errcode = '28000';
        end if;
        if not enrolling and (coach or admin)
          and (select p.second_factor_required from public.practices p where p.id = practice)
          and not exists (
            select from public.second_factors
             where practice_id = practice and user_id = person and confirmed_at is not null)
          and not exists (select from public.passkeys where practice_id = practice and user_id = person)
        then
          raise exception 'the practice wants a second factor first' using errcode = '28A2F';
        end if;
      end $$;
      ${HANDED_OVER('procedure actor.confirm(boolean)')}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      drop procedure actor.confirm(boolean);
      create function actor.confirm(enrolling boolean) returns void
        language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
      declare
        wants_factor boolean;
      begin
        select p.second_factor_required into wants_factor
          from public.logins l
          join public.users u on u.practice_id = l.practice_id and u.id = l.user_id
          join public.practices p on p.id = l.practice_id
          left join public.clients c on c.practice_id = u.practice_id and c.user_id = u.id
         where l.practice_id = actor.practice_id() and l.id = actor.login_id()
           and l.user_id = actor.user_id() and l.ended_at is null and u.disabled_at is null
           and ('coach' = any (u.roles)) = (actor.coach_id() is not null)
           and ('admin' = any (u.roles)) = actor.is_admin()
           and ('client' = any (u.roles)) = (actor.client_id() is not null)
           and c.id is not distinct from actor.client_id();
        if not found then
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
      ${HANDED_OVER('function actor.confirm(boolean)')}
    `);
  }
}
