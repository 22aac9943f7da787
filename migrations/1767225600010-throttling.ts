import type { MigrationInterface, QueryRunner } from 'typeorm';
import { secured } from './support/policies.js';

/** Attempts of people who are not known yet, so of no practice; nobody can be read from it. */
export class Throttling1767225600010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Unlogged: a crash may forget who has to wait, and no attempt waits for a disk.
      create unlogged table throttles (
        key bytea not null,
        attempts integer not null,
        opens_at timestamptz(3),
        forgotten_at timestamptz(3) not null,
        constraint throttles_pkey primary key (key),
        constraint throttles_key_is_hmac check (octet_length(key) = 32),
        constraint throttles_attempts_counted check (attempts >= 0)
      );
      create index throttles_forgotten on throttles (forgotten_at);
      ${secured('throttles')}
      create policy all_count on throttles to ademruimte_app using (true) with check (true);
      grant select, insert, update, delete on throttles to ademruimte_app;

      -- All counters of one attempt, or none: while one of them is shut, the others count nothing and no wait grows.
      -- Rows are locked in the order of their keys, so two attempts never wait for each other.
      create function throttle_attempt(
        keys bytea[], free integer[], first_wait integer[], longest_wait integer[], memory integer[],
        soft boolean[], known bytea, at timestamptz
      ) returns table (place integer, attempts integer, opens_at timestamptz, forgotten_at timestamptz, is_shut boolean)
      language plpgsql as $$
      #variable_conflict use_column
      declare
        is_known boolean := exists (select from throttles t where t.key = known and t.forgotten_at > at);
        counted bytea[] := array(
          select k from unnest(keys, soft) as given (k, is_soft) where not (is_soft and is_known) order by k);
      begin
        insert into throttles as t select k, 0, null, at from unnest(counted) as k order by k on conflict do nothing;
        perform from throttles t where t.key = any (counted) order by t.key for update;
        if exists (select from throttles t where t.key = any (counted) and t.opens_at > at) then
          return query
            select array_position(keys, t.key) - 1, t.attempts, t.opens_at, t.forgotten_at, coalesce(t.opens_at > at, false)
              from throttles t where t.key = any (counted);
          return;
        end if;
        return query
          update throttles t
             set attempts = n, opens_at = at + wait, forgotten_at = at + coalesce(wait, '0') + make_interval(secs => kept)
            from (
              select k, n, kept, case when n >= may
                       then make_interval(secs => least(longest, first * 2 ^ least(n - may, 30))) end as wait
                from (
                  select k, may, first, longest, kept,
                         case when c.forgotten_at <= at then 1 else c.attempts + 1 end as n
                    from unnest(keys, free, first_wait, longest_wait, memory) as given (k, may, first, longest, kept)
                    join throttles c on c.key = k
                   where k = any (counted)
                ) as each
            ) as next
           where t.key = k
          returning array_position(keys, t.key) - 1, t.attempts, t.opens_at, t.forgotten_at, false;
      end $$;

      -- Whoever succeeds was no guesser: their own failures go, elsewhere this attempt is taken back, and the place
      -- they came from is known from now on.
      create function throttle_success(pair bytea, others bytea[], known bytea, at timestamptz, known_until timestamptz)
      returns void language plpgsql as $$
      begin
        perform from throttles t where t.key = any (others || pair || known) order by t.key for update;
        delete from throttles t where t.key = pair;
        update throttles t set attempts = t.attempts - 1 where t.key = any (others) and t.attempts > 0;
        insert into throttles as t (key, attempts, forgotten_at)
          select known, 0, known_until where known is not null
          on conflict (key) do update set forgotten_at = excluded.forgotten_at;
      end $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop function throttle_success, throttle_attempt; drop table throttles');
  }
}
