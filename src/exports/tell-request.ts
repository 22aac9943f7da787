import type { Tx } from '../database/tx.js';
import type { Jobs } from '../jobs/jobs.js';
import type { Export } from './export.entity.js';

/** Where a client asked for this copy, their request hears how it ended, by the transaction that ends it. */
export async function tellRequest(tx: Tx, jobs: Jobs, copy: Export): Promise<void> {
  const { practiceId, dataRequestId: requestId } = copy;
  if (requestId === null || !copy.isSettled) return;
  await jobs.enqueue(tx, 'follow-copy', { practiceId, requestId });
}
