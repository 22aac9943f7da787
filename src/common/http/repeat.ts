import { createHmac, type KeyObject } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Repeat } from '../actor.js';
import { invalidInput } from '../problems.js';

const KEY = /^[\x21-\x7e]{1,255}$/;

/**
 * What the `Idempotency-Key` of a POST stands for.
 * @throws Problem 422 for a key that is empty, longer than 255 characters or not printable ASCII
 */
export function repeatOf(request: FastifyRequest, fingerprintKey: KeyObject): Repeat | undefined {
  const key = request.headers['idempotency-key'];
  if (request.method !== 'POST' || key === undefined) return undefined;
  if (typeof key !== 'string' || !KEY.test(key)) {
    throw invalidInput([
      {
        parameter: 'Idempotency-Key',
        detail: { nl: 'Hoogstens 255 leesbare tekens.', en: 'At most 255 printable characters.' },
      },
    ]);
  }
  const body = JSON.stringify(request.body ?? null, inOrder);
  return {
    key,
    route: `POST ${request.url.split('?')[0]}`,
    fingerprint: createHmac('sha256', fingerprintKey).update(body).digest(),
  };
}

/** An object is the same in whatever order its fields were sent (RFC 8259, section 4); a list is not. */
function inOrder(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
