import type { FastifyInstance } from 'fastify';
import { invalidInput, malformed } from '../problems.js';
import { wordsFor } from './validation-words.js';

/** No body of ours nests deeper than four; what walks through a body calls itself at each step down. */
const DEEPEST = 32;

/** JSON and merge patches (RFC 7396) are read; anything else is a 415. Every body is one object. */
export function readJsonOnly(fastify: FastifyInstance): void {
  fastify.removeContentTypeParser('text/plain');
  fastify.addContentTypeParser(
    'application/merge-patch+json',
    { parseAs: 'string' },
    fastify.getDefaultJsonParser('error', 'error'),
  );
  fastify.addHook('preValidation', ({ body }, _, done) => {
    expectObject(body);
    done();
  });
}

/**
 * One object, and not a bottomless one.
 * @throws Problem 400 `malformed`, 422 `invalid-input`
 */
export function expectObject(body: unknown): void {
  if (body === undefined || body === null) return;
  if (isDeeperThan(DEEPEST, body)) throw malformed();
  if (typeof body === 'object' && !Array.isArray(body)) return;
  throw invalidInput([{ pointer: '', detail: wordsFor('isObject', []) }]);
}

/** Level by level: a function that called itself would fall into the very hole it looks for. */
function isDeeperThan(deepest: number, value: unknown): boolean {
  let level = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return true;
    level = level.flatMap((one): unknown[] =>
      typeof one === 'object' && one !== null ? Object.values(one) : [],
    );
  }
  return false;
}
