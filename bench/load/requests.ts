import type { Operation, World } from '../operations/operation.js';
import type { People } from '../people.js';

/** Request number `n` of an operation, as bytes on the wire. */
export function requestOf(
  operation: Operation,
  people: People,
  world: World,
  n: number,
  prefix = '',
): string {
  const all = people[operation.as];
  const who = all[n % all.length]!;
  const { method, path, headers, body } = operation.request(who, world, n);
  const json = body === undefined ? undefined : JSON.stringify(body);
  const lines = [
    `${method} ${prefix}${path} HTTP/1.1`,
    'host: 127.0.0.1',
    'accept: application/json',
    'accept-language: nl',
    `authorization: Bearer ${who.token}`,
    ...Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`),
    ...(json === undefined
      ? []
      : ['content-type: application/json', `content-length: ${Buffer.byteLength(json)}`]),
  ];
  return `${lines.join('\r\n')}\r\n\r\n${json ?? ''}`;
}
