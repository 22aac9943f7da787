import { isIPv6 } from 'node:net';

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;

/** What one subscriber holds: an IPv4 address, or the /64 of an IPv6 one, in which they may choose any. */
export function placeOf(address = 'nowhere'): string {
  const mapped = MAPPED.exec(address)?.[1];
  if (mapped) return mapped;
  return isIPv6(address) ? `${groupsOf(address).slice(0, 4).join(':')}::/64` : address;
}

/** The eight groups of an IPv6 address, without its zone. */
function groupsOf(address: string): string[] {
  const [before = '', after] = address.split('%', 1)[0]!.toLowerCase().split('::');
  const [first, last] = [before, after ?? ''].map((part) => (part ? part.split(':') : []));
  const zeros = after === undefined ? 0 : Math.max(0, 8 - first!.length - last!.length);
  return [...first!, ...Array<string>(zeros).fill('0'), ...last!].map((group) =>
    group.replace(/^0+(?=.)/, ''),
  );
}
