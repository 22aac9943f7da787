import type { FastifyInstance } from 'fastify';
import { malformed } from '../problems.js';

type Parse = ReturnType<FastifyInstance['getDefaultJsonParser']>;

/** Half of a surrogate pair, written as an escape; only where there is one is the rest looked at. */
const MAYBE_HALF_A_CHARACTER = /\\u[dD][89a-fA-F]/;

const HALF_A_CHARACTER = /\p{Surrogate}/u;

/** JSON and merge patches (RFC 7396) are read; anything else is a 415. */
export function readJsonOnly(fastify: FastifyInstance): void {
  const parse = fastify.getDefaultJsonParser('error', 'error');
  fastify.removeContentTypeParser(['text/plain', 'application/json']);
  fastify.addContentTypeParser(
    ['application/json', 'application/merge-patch+json'],
    { parseAs: 'string' },
    wholeCharactersOnly(parse),
  );
}

/** Text with half a character in it can be stored nowhere and sent to nobody (I-JSON, RFC 7493, section 2.1). */
const wholeCharactersOnly =
  (parse: Parse): Parse =>
  (request, body, done) =>
    parse(request, body, (error, value) => {
      const isBroken = !error && MAYBE_HALF_A_CHARACTER.test(body) && !isWellFormed(value);
      if (isBroken) done(malformed());
      else done(error, value);
    });

function isWellFormed(value: unknown): boolean {
  if (typeof value === 'string') return !HALF_A_CHARACTER.test(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, inner]) => !HALF_A_CHARACTER.test(key) && isWellFormed(inner));
}
