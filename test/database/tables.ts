import type { ClientBase } from 'pg';

export interface TableColumn {
  readonly name: string;
  readonly type: string;
  readonly isNullable: boolean;
  /** The first value that a check of the kind `in (…)` allows. */
  readonly allowed?: string;
}

/** TypeORM's own list of what has run: about nobody, and closed to the serving role. */
const NOT_OURS = 'migrations';

/** Every table of the product, by name. */
export async function tables(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and relname <> $1 order by relname`,
    [NOT_OURS],
  );
  return rows.map(({ name }) => name);
}

/** The columns of a table that are written, in order; not those that the database makes. */
export async function columnsOf(client: ClientBase, table: string): Promise<TableColumn[]> {
  const { rows } = await client.query<{ name: string; type: string; not_null: boolean; checks: string[] }>(
    `select attname as name, format_type(atttypid, null) as type, attnotnull as not_null,
            array(select pg_get_constraintdef(oid) from pg_constraint
                   where conrelid = attrelid and contype = 'c' and conkey = array[attnum]) as checks
       from pg_attribute
      where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''
      order by attnum`,
    [`public.${table}`],
  );
  return rows.map(({ name, type, not_null, checks }) => ({
    name,
    type,
    isNullable: !not_null,
    allowed: checks.map((check) => firstAllowed(check, name)).find((value) => value !== undefined),
  }));
}

/** The columns of the primary key, in its order. */
export async function keyOf(client: ClientBase, table: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `select attname as name
       from pg_constraint, unnest(conkey) with ordinality as part (attnum, place)
       join pg_attribute a on a.attrelid = $1::regclass and a.attnum = part.attnum
      where conrelid = $1::regclass and contype = 'p' order by place`,
    [`public.${table}`],
  );
  return rows.map(({ name }) => name);
}

function firstAllowed(check: string, column: string): string | undefined {
  return new RegExp(`\\(${column} = (?:ANY \\(ARRAY\\[)?'([^']*)'`).exec(check)?.[1];
}
