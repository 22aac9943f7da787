/**
 * How a data key is stored: 1 byte format, 1 byte length of the ring key's id, that id, the sealed key. The id
 * leads, so that the database finds the keys that are still to be wrapped anew without opening one.
 */
const FORMAT = 2;

/** From before the ring had more than one key: a bare ciphertext, which has its own format byte. */
const BEFORE_THE_RING = 1;

/** What every data key that this ring key wraps begins with. */
export function wrappingOf(ringKeyId: string): Buffer {
  const id = Buffer.from(ringKeyId);
  return Buffer.concat([Buffer.of(FORMAT, id.length), id]);
}

export interface WrappedKey {
  /** Absent in one from before the ring: that is its oldest key's. */
  readonly ringKeyId?: string;
  readonly sealed: Buffer;
}

export function readWrappedKey(wrapped: Buffer): WrappedKey {
  if (wrapped[0] === BEFORE_THE_RING) return { sealed: wrapped };
  if (wrapped[0] !== FORMAT || wrapped.length < 2) return { ringKeyId: '', sealed: wrapped.subarray(0, 0) };
  const end = 2 + wrapped[1]!;
  return { ringKeyId: wrapped.subarray(2, end).toString(), sealed: wrapped.subarray(end) };
}
