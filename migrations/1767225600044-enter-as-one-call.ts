import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who asks is told and proved in one call, which is prepared once and can travel with the queries that it is for. Its proof
 * looks at what it was given, where `actor.confirm` asked the settings back. That one stays for the version that runs until
 * the servers are restarted.
 */
export class EnterAsOneCall1767225600044 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Enrolling: on a route that is open also to who has yet to set up the second factor that the practice wants.
      create function actor.enter(
        practice uuid, person uuid, login uuid, coach boolean, admin boolean, file uuid,
        enrolling boolean, task text, only_reads boolean
      ) returns void
        language plpgsql volatile security definer set search_path = pg_catalog, pg_temp as $$
      declare
        standing text[];
        stands boolean;
        told text;
      begin
        if person is not null then
          select l.ended_at is null into stands
            from public.logins l where l.practice_id = practice and l.id = login and l.user_id = person;
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
        end if;
        -- Assigned and not performed: an expression is worked out where it stands, a query is executed.
        told := set_config('app.practice_id', practice::text, true);
        told := set_config('app.user_id', person::text, true);
        told := set_config('app.login_id', login::text, true);
        -- A task has its own rights only, on whomsoever's behalf.
        told := set_config('app.coach_id', case when coach and task is null then person::text end, true);
        told := set_config('app.admin', case when admin and task is null then 'on' end, true);
        told := set_config('app.client_id', case when task is null then file::text end, true);
        told := set_config('app.task', task, true);
        if only_reads then
          told := set_config('transaction_read_only', 'on', true);
        end if;
      end $$;
      revoke execute on function actor.enter(uuid, uuid, uuid, boolean, boolean, uuid, boolean, text, boolean) from public;
      grant execute on function actor.enter(uuid, uuid, uuid, boolean, boolean, uuid, boolean, text, boolean) to ademruimte_app;
      grant create on schema actor to ademruimte_lookup;
      alter function actor.enter(uuid, uuid, uuid, boolean, boolean, uuid, boolean, text, boolean) owner to ademruimte_lookup;
      revoke create on schema actor from ademruimte_lookup;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'drop function actor.enter(uuid, uuid, uuid, boolean, boolean, uuid, boolean, text, boolean)',
    );
  }
}
