import { setTimeout as pause } from 'node:timers/promises';
import { CannotStart } from '../config/cannot-start.js';
import type { StoredTable } from './backup-file.js';
import { type Owner, quoted } from './owner.js';

/** Nobody waits for us longer than this at a time, whoever we wait for. */
const LOCK_WITHIN_MS = 500;
const LOOK_AGAIN_MS = 1_000;
const GIVE_UP_AFTER_MS = 10 * 60_000;
/** `lock_not_available`. */
const LOCK_NOT_AVAILABLE = '55P03';

/**
 * In a transaction that sees the moment of `snapshot`, and that is rolled back: row-level security does not hold for
 * the owner of this one table. That shuts others out of the table for as long as it is copied; what is lifted is never
 * committed, so that a crash leaves no door open.
 */
export async function* lifted<T>(
  owner: Owner,
  table: StoredTable,
  snapshot: string,
  work: () => AsyncIterable<T>,
): AsyncGenerator<T> {
  await enter(owner, table, snapshot);
  let isDone = false;
  try {
    yield* work();
    isDone = true;
  } finally {
    // In the middle of a copy there is no other way out than to hang up, which rolls back too.
    if (isDone) await owner.query('rollback');
    else owner.hangUp();
  }
}

async function enter(owner: Owner, table: StoredTable, snapshot: string): Promise<void> {
  const deadline = Date.now() + GIVE_UP_AFTER_MS;
  for (;;) {
    try {
      await owner.query('begin isolation level repeatable read');
      await owner.query(`set transaction snapshot '${snapshot}'`);
      await owner.query(`set local lock_timeout = ${LOCK_WITHIN_MS}`);
      await owner.query(`alter table ${quoted(table)} no force row level security`);
      return;
    } catch (error) {
      await owner.query('rollback');
      if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error;
      if (Date.now() > deadline)
        throw new CannotStart(`Somebody keeps ${table.name} busy; no backup was made.`);
      await pause(LOOK_AGAIN_MS);
    }
  }
}
