import type { Span } from '../cipher/chunk-cipher.js';
import { Problem } from '../problem.js';

const ONE_RANGE = /^bytes=(\d{0,15})-(\d{0,15})$/i;

/**
 * The part of a file that a `Range` header asks for (RFC 9110, section 14); nothing where all of it is to be sent,
 * which is also the answer to several ranges at once, and to a part of a file that is no longer the same.
 * @param tag the entity tag of the file as it is, with its quotes
 * @throws Problem 416 for a part that lies behind the end
 */
export function rangeOf(
  { range, 'if-range': ifRange }: { range?: string | undefined; 'if-range'?: string | undefined },
  bytes: number,
  tag: string,
): Span | undefined {
  const [whole, first, last] = ONE_RANGE.exec(range ?? '') ?? [];
  if (whole === undefined || (ifRange !== undefined && ifRange !== tag)) return undefined;
  if (first === '' && last === '') return undefined;
  if (first === '') return lastOnes(Number(last), bytes);
  const from = Number(first);
  const until = last === '' ? bytes : Math.min(bytes, Number(last) + 1);
  if (last !== '' && Number(last) < from) return undefined;
  if (from >= bytes) throw unsatisfiable(bytes);
  return { from, until };
}

function lastOnes(count: number, bytes: number): Span {
  if (count === 0 || bytes === 0) throw unsatisfiable(bytes);
  return { from: Math.max(0, bytes - count), until: bytes };
}

export const contentRange = ({ from, until }: Span, bytes: number): string =>
  `bytes ${from}-${until - 1}/${bytes}`;

const unsatisfiable = (bytes: number): Problem =>
  new Problem({
    type: 'range-not-satisfiable',
    status: 416,
    title: { nl: 'Dit deel is er niet', en: 'There is no such part' },
    detail: {
      nl: `Het bestand is ${bytes} bytes groot.`,
      en: `The file is ${bytes} bytes long.`,
    },
    headers: { 'content-range': `bytes */${bytes}` },
  });
