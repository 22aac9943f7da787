import { createHash } from 'node:crypto';

/** The chain of what happens before a practice is known, beside the chains of the practices. */
export const INSTALLATION = '00000000-0000-0000-0000-000000000000';

/** A leaf is what a seal keeps of one row: its id, and half of the SHA-256 of all that it says. */
export const LEAF_BYTES = 32;
const ID_BYTES = 16;

/** What stands before the first seal of a chain. */
export const BEGINNING = { number: 0, hash: Buffer.alloc(32), lastXid: '0', lastId: INSTALLATION } as const;

/** One link: some rows in their order, and the link before. */
export interface Seal {
  readonly practiceId: string;
  /** From 1, without gaps. */
  readonly number: number;
  /** The place of its last row; the next seal begins behind it. */
  readonly lastXid: string;
  readonly lastId: string;
  readonly rowCount: number;
  readonly leaves: Buffer;
  readonly previous: Buffer;
  readonly hash: Buffer;
  readonly sealedAt: Date;
}

/** SHA-256 over all that a seal says, the hash of the one before included. */
export function hashOf(seal: Omit<Seal, 'hash'>): Buffer {
  const { practiceId, number, lastXid, lastId, rowCount, leaves, previous, sealedAt } = seal;
  const heading = [
    practiceId,
    number,
    lastXid,
    lastId,
    rowCount,
    previous.toString('hex'),
    sealedAt.getTime(),
  ];
  return createHash('sha256').update(JSON.stringify(heading)).update(leaves).digest();
}

export function leavesOf({ leaves }: Pick<Seal, 'leaves'>): Buffer[] {
  const count = leaves.length / LEAF_BYTES;
  return Array.from({ length: count }, (_, i) => leaves.subarray(i * LEAF_BYTES, (i + 1) * LEAF_BYTES));
}

/** The id of the row that a leaf is of. */
export function idOf(leaf: Buffer): string {
  const hex = leaf.toString('hex', 0, ID_BYTES);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
