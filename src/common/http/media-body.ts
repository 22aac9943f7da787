import type { Readable } from 'node:stream';
import { errorCodes, type FastifyInstance, type FastifyRequest } from 'fastify';
import { unsupportedMediaType } from '../problems.js';

/** Where audio and film come in. */
export const MEDIA_ROUTE = 'v1/exercise-media';

const MEDIUM = /^(audio\/|video\/|application\/octet-stream\b)/i;
const UNREAD = 'application/vnd.ademruimte.medium';

/**
 * Lets a recording in on that one route, and leaves it to be read piece by piece: it is larger than any other body and
 * never in memory whole. Everywhere else it stays a 415.
 */
export function takeMedia(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(UNREAD, (request, _payload, done) => {
    if (isForMedia(request)) done(null, undefined);
    else done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(UNREAD), undefined);
  });
  fastify.addHook('onRequest', (request, _, done) => {
    const { headers } = request;
    if (isForMedia(request) && MEDIUM.test(headers['content-type'] ?? '')) headers['content-type'] = UNREAD;
    done();
  });
}

/**
 * The recording that a request brings, still on its way in.
 * @returns with it how many bytes its sender says it has; 0 where they do not say
 * @throws Problem 415 `unsupported-media-type`
 */
export function mediumIn({ headers, raw }: FastifyRequest): { content: Readable; announced: number } {
  if (headers['content-type'] !== UNREAD) throw unsupportedMediaType();
  return { content: raw, announced: Number(headers['content-length'] ?? 0) };
}

const isForMedia = ({ method, routeOptions }: FastifyRequest): boolean =>
  method === 'POST' && routeOptions.url === `/${MEDIA_ROUTE}`;
