import type { World } from './world.js';

/** What tells of requests, counts attempts, or waits to be done: it may change with a refusal. */
const ABOUT_REQUESTS = /^(audit_|security_events|throttle|seals?_|log_seals|known_places|mail_requests)/;

let statement: string | undefined;

/**
 * One number per table over all that its rows say, whatever their order: equal before and after means that nothing
 * changed, not a row and not a column.
 */
export async function fingerprint(world: World): Promise<Record<string, string>> {
  statement ??= await statementFor(world);
  const rows = await world.sql<{ name: string; sum: string }>(statement);
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
}

async function statementFor(world: World): Promise<string> {
  const tables = await world.sql<{ name: string }>(
    `select relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = 'public' and c.relkind in ('r', 'p') and not c.relispartition`,
  );
  return tables
    .filter(({ name }) => !ABOUT_REQUESTS.test(name))
    .map(
      ({ name }) =>
        `select '${name}' as name, coalesce(sum(hashtextextended(t::text, 0)), 0)::text as sum from "${name}" t`,
    )
    .join(' union all ');
}
