import type { Position } from '../common/page.js';
import type { Tx } from '../database/tx.js';
import { Client, type ClientStatus } from './client.entity.js';
import type { FileScope } from './client-files.js';

/** Files by name; each combination of scope and status has an index in this order. */
export function clientsPage(
  tx: Tx,
  { practiceId, coachId }: FileScope,
  { status, after, limit }: { status?: ClientStatus; after?: Position; limit: number },
): Promise<Client[]> {
  const clients = tx.manager
    .createQueryBuilder(Client, 'c')
    .where('c.practiceId = :practiceId', { practiceId })
    .andWhere('c.erasedAt is null')
    .orderBy('c.sortName')
    .addOrderBy('c.id')
    .limit(limit);
  if (coachId) clients.andWhere('c.coachId = :coachId', { coachId });
  if (status) clients.andWhere('c.status = :status', { status });
  if (after) clients.andWhere('(c.sortName, c.id) > (:name, :id)', { name: after[0], id: after[1] });
  return clients.getMany();
}
