import { isIP } from 'node:net';

/** Whether X-Forwarded-For is believed: never, always, of so many proxies, or only of those at these addresses. */
export type ProxyTrust = boolean | number | readonly string[];

/** Names that the server knows for whole ranges of private addresses. */
const RANGES = ['loopback', 'linklocal', 'uniquelocal'];
const MOST_HOPS = 10;

/** `true`, `false`, `1` (one proxy stands in front), or `10.0.0.0/8, loopback`. */
export function readTrust(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  return /^\d+$/.test(value) ? Number(value) : value.split(',').map((part) => part.trim());
}

export function isTrust(value: unknown): value is ProxyTrust {
  if (typeof value === 'boolean') return true;
  if (typeof value === 'number') return value >= 1 && value <= MOST_HOPS;
  return Array.isArray(value) && value.length > 0 && value.every(isAddresses);
}

function isAddresses(part: unknown): boolean {
  if (typeof part !== 'string') return false;
  if (RANGES.includes(part)) return true;
  const [address, bits, more] = part.split('/');
  const version = isIP(address!);
  if (version === 0 || more !== undefined) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

/** As the server takes it: whether the sender at this hop, counted from us, may say whom it speaks for. */
export function trustFunction(
  trust: ProxyTrust,
): boolean | string[] | ((address: string, hop: number) => boolean) {
  if (typeof trust === 'number') return (_, hop) => hop < trust;
  return typeof trust === 'boolean' ? trust : [...trust];
}
