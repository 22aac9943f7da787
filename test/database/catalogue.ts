import type { ClientBase } from 'pg';

/** The schemas that our migrations make; of the job queue only what others may do with it. */
const SCHEMAS = ['public', 'actor', 'lookup', 'audit_log'];

/**
 * What Postgres holds of us, as sorted lines that a person can read: what TypeORM knows nothing of (policies, grants,
 * functions) as much as what it compares by name only (constraints, indexes).
 */
export async function catalogue(client: ClientBase): Promise<string> {
  const { rows: tables } = await client.query<{ oid: number; heading: string }>(TABLES, [SCHEMAS]);
  const sections: string[][] = [];
  for (const { oid, heading } of tables) {
    const { rows } = await client.query<{ line: string }>(PARTS_OF_A_TABLE, [oid]);
    sections.push([heading, ...rows.map(({ line }) => `  ${line}`)]);
  }
  for (const [sql, schemas] of [
    [FUNCTIONS, SCHEMAS],
    [SCHEMAS_AND_EXTENSIONS, [...SCHEMAS, 'jobs']],
    [JOBS, ['jobs']],
  ] as const) {
    const { rows } = await client.query<{ line: string }>(sql, [schemas]);
    sections.push(rows.map(({ line }) => line));
  }
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

const MEMBERS_OF_AN_EXTENSION = "select objid from pg_depend where deptype = 'e'";

const TABLES = `
  select c.oid,
         format('table %s.%s, owned by %s%s%s', nspname, relname, pg_get_userbyid(relowner),
                case when relrowsecurity then ', policies on' end,
                case when relforcerowsecurity then ', forced' end) as heading
    from pg_class c join pg_namespace n on n.oid = relnamespace
   where nspname = any ($1) and relkind in ('r', 'p', 'v', 'm') and not relispartition
     and relname <> 'migrations'
   order by nspname collate "C", relname collate "C"`;

/** One line for each column, constraint, index, policy, grant and trigger of a table, in that order. */
const PARTS_OF_A_TABLE = `
  select line from (
    select 1 as part, attnum::text as place,
           format('column %s %s%s%s', attname, format_type(atttypid, atttypmod),
                  case when attnotnull then ' not null' end,
                  (select format(case when attgenerated = '' then ' default %s' else ' generated as %s' end,
                                 pg_get_expr(adbin, adrelid))
                     from pg_attrdef where adrelid = attrelid and adnum = attnum)) as line,
           attnum as number
      from pg_attribute where attrelid = $1 and attnum > 0 and not attisdropped
    union all
    select 2, conname, format('constraint %s %s', conname, pg_get_constraintdef(oid)), 0
      from pg_constraint where conrelid = $1 and contype <> 'n'
    union all
    select 3, i.relname, regexp_replace(pg_get_indexdef(i.oid), '^CREATE (UNIQUE )?INDEX (\\S+) ON \\S+', '\\1index \\2'), 0
      from pg_index join pg_class i on i.oid = indexrelid
     where indrelid = $1 and not exists (select from pg_constraint where conindid = indexrelid and conrelid = $1)
    union all
    select 4, polname,
           format('policy %s, %s, %s to %s%s%s', polname,
                  case when polpermissive then 'adding' else 'restricting' end,
                  case polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update'
                              when 'd' then 'delete' else 'all' end,
                  (select string_agg(case when role = 0 then 'public' else pg_get_userbyid(role) end, ', ')
                     from unnest(polroles) as role),
                  ' using ' || pg_get_expr(polqual, polrelid), ' with check ' || pg_get_expr(polwithcheck, polrelid)), 0
      from pg_policy where polrelid = $1
    union all
    select 5, grantee || privilege_type,
           format('grant %s to %s', lower(privilege_type), grantee), 0
      from (select case when a.grantee = 0 then 'public' else pg_get_userbyid(a.grantee) end as grantee, a.privilege_type
              from pg_class c, aclexplode(relacl) as a where c.oid = $1 and a.grantee <> c.relowner) as g
    union all
    select 6, grantee || privilege_type,
           format('grant %s (%s) to %s', lower(privilege_type), string_agg(attname, ', ' order by attnum), grantee), 0
      from (select case when a.grantee = 0 then 'public' else pg_get_userbyid(a.grantee) end as grantee,
                   a.privilege_type, attname, attnum
              from pg_attribute, aclexplode(attacl) as a where attrelid = $1) as g
     group by grantee, privilege_type
    union all
    select 7, tgname, regexp_replace(pg_get_triggerdef(oid), '^CREATE ', ''), 0
      from pg_trigger where tgrelid = $1 and not tgisinternal
  ) as parts order by part, number, place collate "C"`;

const FUNCTIONS = `
  select line from (select format('function %s.%s(%s) returns %s, owned by %s, %s, %s%s, %s, open to %s, body %s', nspname, proname,
                pg_get_function_identity_arguments(p.oid), pg_get_function_result(p.oid), pg_get_userbyid(proowner), lanname,
                case provolatile when 'i' then 'immutable' when 's' then 'stable' else 'volatile' end,
                case when prosecdef then ', security definer' end, coalesce(array_to_string(proconfig, ', '), 'no settings'),
                (select coalesce(string_agg(distinct case when grantee = 0 then 'public' else pg_get_userbyid(grantee) end, ', '),
                                 'its owner')
                   from aclexplode(coalesce(proacl, acldefault('f', proowner))) where grantee <> proowner),
                left(encode(sha256(convert_to(coalesce(pg_get_function_sqlbody(p.oid), prosrc), 'utf8')), 'hex'), 12)) as line
    from pg_proc p join pg_namespace n on n.oid = pronamespace join pg_language l on l.oid = prolang
   where nspname = any ($1) and p.oid not in (${MEMBERS_OF_AN_EXTENSION})) as functions
   order by line collate "C"`;

const SCHEMAS_AND_EXTENSIONS = `
  select line from (
    select format('schema %s, open to %s', nspname,
                  (select string_agg(distinct format('%s (%s)', case when grantee = 0 then 'public' else pg_get_userbyid(grantee) end,
                                                     lower(privilege_type)), ', ')
                     from aclexplode(nspacl) where grantee <> nspowner)) as line
      from pg_namespace where nspname = any ($1)
    union all
    select format('extension %s', extname) from pg_extension where extname <> 'plpgsql'
  ) as lines order by line collate "C"`;

/** The queue's own tables are its library's business: here stands who may do what with them. */
const JOBS = `
  select format('jobs: %s tables, open to %s', count(distinct c.oid),
                string_agg(distinct format('%s (%s)', pg_get_userbyid(grantee), lower(privilege_type)), ', ')) as line
    from pg_class c, aclexplode(relacl)
   where relnamespace::regnamespace::text = any ($1) and relkind in ('r', 'p') and grantee <> relowner
   having count(*) > 0`;
