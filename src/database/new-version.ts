import type { ObjectLiteral } from 'typeorm';
import type { Tx } from './tx.js';

interface Versioned extends ObjectLiteral {
  readonly practiceId: string;
  readonly id: string;
  version: number;
}

/**
 * Saves a loaded row as a new version of itself, also when only what belongs to it in another table has changed:
 * whoever saw the version before has not seen that.
 */
export async function saveAsNewVersion(tx: Tx, row: Versioned): Promise<void> {
  const { practiceId, id, version } = row;
  await tx.manager.save(row);
  if (row.version > version) return;
  await tx.manager.increment(row.constructor, { practiceId, id }, 'version', 1);
  row.version += 1;
}
