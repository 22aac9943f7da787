import { createHash } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Language } from '../language.js';

const FRESH_SECONDS = 300;

/**
 * Tells what anybody may know, and anybody on the way may keep for a few minutes (RFC 9111). Who has it already, by
 * `If-None-Match`, is told so with a 304 and no body.
 */
export function publicly<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  language: Language,
  body: T,
): T | undefined {
  const etag = `"${createHash('sha256').update(JSON.stringify(body)).digest('base64url').slice(0, 27)}"`;
  const vary = [reply.getHeader('vary'), 'accept-language'].flat().filter(Boolean).join(', ');
  void reply
    .header('cache-control', `public, max-age=${FRESH_SECONDS}`)
    .header('content-language', language)
    .header('etag', etag)
    .header('vary', vary);
  if (!names(request.headers['if-none-match'], etag)) return body;
  void reply.status(304);
  return undefined;
}

/** Compared weakly, as RFC 9110 (section 13.1.2) asks: a proxy that packs an answer makes its ETag a weak one. */
function names(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header.split(',').some((one) => ['*', etag].includes(one.trim().replace(/^W\//, '')));
}
