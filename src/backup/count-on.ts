import { CannotStart } from '../config/cannot-start.js';
import type { Owner } from './owner.js';

const AT_ONCE = 100_000;
const MOST = 20_000_000;

/**
 * The audit log is sealed in the order of its transactions, and rows come back with the numbers that they had. In a
 * cluster that has not counted as far, what is written next would fall before the last seal, so it is counted on, by
 * transactions that do nothing.
 * @returns by how many
 */
export async function countOn(owner: Owner, next: string): Promise<number> {
  const begun = await nextOf(owner);
  const missing = BigInt(next) - begun;
  if (missing <= 0n) return 0;
  if (missing > MOST) {
    throw new CannotStart(
      `The data were restored. This cluster has to count on to transaction ${next} before the log can be sealed:` +
        ' stop it, and use pg_resetwal --next-transaction-id (and --epoch); docs/audit.md.',
    );
  }
  for (let left = Number(missing); left > 0; left -= AT_ONCE) {
    await owner.query(`do $$ begin
      for i in 1..${Math.min(left, AT_ONCE)} loop
        perform pg_current_xact_id();
        commit;
      end loop;
    end $$`);
  }
  return Number((await nextOf(owner)) - begun);
}

async function nextOf(owner: Owner): Promise<bigint> {
  const [row] = await owner.query<{ next: string }>(
    'select pg_snapshot_xmax(pg_current_snapshot())::text as next',
  );
  return BigInt(row!.next);
}
