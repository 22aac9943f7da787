import { escapeIdentifier } from 'pg';
import type { Part, StoredTable } from './backup-file.js';
import type { Owner } from './owner.js';

/** The key store: whoever has the other tables without these reads no text about anybody. */
const KEY_STORE = ['client_keys', 'practice_keys'];

/** Made by the migrations or at each start, and about nobody. */
const NOT_KEPT = ['public.migrations', 'jobs.version', 'jobs.queue', 'jobs.schedule', 'jobs.subscription'];

/** What waits in the queue stands in an empty database too, now and then; it makes way. */
export const MAKES_WAY = ['jobs.job', 'jobs.archive'];

export const partOf = ({ name }: Pick<StoredTable, 'name'>): Part =>
  KEY_STORE.includes(name) ? 'keys' : 'data';

/** Every table of the product, a partitioned one as one, with the columns that are written. */
export async function storedTables(owner: Owner): Promise<StoredTable[]> {
  const tables = await owner.query<{ schema: string; name: string; columns: string[]; key: KeyColumn[] }>(
    `select n.nspname as schema, c.relname as name,
            array(select a.attname::text from pg_attribute a
                   where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
                   order by a.attnum) as columns,
            (select json_agg(json_build_object('column', a.attname, 'type', format_type(a.atttypid, null))
                             order by part.place)
               from pg_constraint k, unnest(k.conkey) with ordinality as part (attnum, place), pg_attribute a
              where k.conrelid = c.oid and k.contype = 'p' and a.attrelid = c.oid and a.attnum = part.attnum) as key
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname in ('public', 'jobs') and c.relkind in ('r', 'p') and not c.relispartition
        and n.nspname || '.' || c.relname <> all ($1)
      order by n.nspname desc, c.relname`,
    [NOT_KEPT],
  );
  return tables.map(({ schema, name, columns, key }) => ({ schema, name, columns, order: orderOf(key) }));
}

interface KeyColumn {
  readonly column: string;
  readonly type: string;
}

/** Byte by byte, and not as one language or another sorts its words. */
const orderOf = (key: readonly KeyColumn[]): string =>
  key
    .map(({ column, type }) => `${escapeIdentifier(column)}${type === 'text' ? ' collate "C"' : ''}`)
    .join(', ');
