import { setTimeout as pause } from 'node:timers/promises';
import { escapeIdentifier } from 'pg';
import { CannotStart } from '../config/cannot-start.js';
import type { StoredTable } from './backup-file.js';
import { type Owner, quoted } from './owner.js';

/** Nobody waits for us longer than this at a time, whoever we wait for. */
const LOCK_WITHIN_MS = 500;
const LOOK_AGAIN_MS = 1_000;
const GIVE_UP_AFTER_MS = 10 * 60_000;
/** `lock_not_available`. */
const LOCK_NOT_AVAILABLE = '55P03';

const ASIDE = 'set_aside';

/**
 * The rows of a table as they were at the moment of `snapshot`, set aside in a temporary table; to be dropped by
 * `dropAside`. For the owner, row-level security is lifted and put back in one transaction, so that nobody ever sees it
 * lifted and a crash leaves no door open. That shuts others out of the table, but only while it is read once: ordering,
 * compressing and writing come afterwards.
 */
export async function setAside(owner: Owner, table: StoredTable, snapshot: string): Promise<StoredTable> {
  const deadline = Date.now() + GIVE_UP_AFTER_MS;
  for (;;) {
    try {
      await copyAside(owner, table, snapshot);
      return { ...table, schema: 'pg_temp', name: ASIDE };
    } catch (error) {
      await owner.query('rollback');
      if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error;
      if (Date.now() > deadline)
        throw new CannotStart(`Somebody keeps ${table.name} busy; no backup was made.`);
      await pause(LOOK_AGAIN_MS);
    }
  }
}

async function copyAside(owner: Owner, table: StoredTable, snapshot: string): Promise<void> {
  const name = quoted(table);
  await owner.query('begin isolation level repeatable read');
  await owner.query(`set transaction snapshot '${snapshot}'`);
  await owner.query(`set local lock_timeout = ${LOCK_WITHIN_MS}`);
  const [is] = await owner.query<{ forced: boolean }>(
    'select relforcerowsecurity as forced from pg_class where oid = $1::regclass',
    [name],
  );
  if (is!.forced) await owner.query(`alter table ${name} no force row level security`);
  const columns = table.columns.map(escapeIdentifier).join(', ');
  await owner.query(`create temp table ${ASIDE} as select ${columns} from ${name}`);
  if (is!.forced) await owner.query(`alter table ${name} force row level security`);
  await owner.query('commit');
}

export async function dropAside(owner: Owner): Promise<void> {
  await owner.query(`drop table pg_temp.${ASIDE}`);
}
