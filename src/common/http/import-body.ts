import type { Readable } from 'node:stream';
import { errorCodes, type FastifyInstance, type FastifyRequest } from 'fastify';

/** Where an admin brings a file with records. */
export const IMPORT_ROUTE = 'v1/imports';

/** What such a file may be, and what that is called here. */
const KINDS: readonly (readonly [RegExp, 'csv' | 'json' | 'ndjson'])[] = [
  [/^(text\/csv|application\/vnd\.ms-excel)\s*(;|$)/i, 'csv'],
  [/^application\/json\s*(;|$)/i, 'json'],
  [/^application\/(x-)?ndjson\s*(;|$)/i, 'ndjson'],
];
const UNREAD = 'application/vnd.ademruimte.import';

/**
 * Lets a file in on that one route, and leaves it to be read as it stands: its JSON is a list and not one of our bodies.
 * Everywhere else it stays what it was.
 */
export function takeImports(fastify: FastifyInstance): void {
  for (const [, kind] of KINDS) {
    fastify.addContentTypeParser(`${UNREAD}.${kind}`, (request, _payload, done) => {
      if (isImport(request)) done(null, undefined);
      else done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(UNREAD), undefined);
    });
  }
  fastify.addHook('onRequest', (request, _, done) => {
    const { headers } = request;
    const kind = isImport(request) && kindOf(headers['content-type']);
    if (kind) headers['content-type'] = `${UNREAD}.${kind}`;
    done();
  });
}

/** The file that a request brings, still on its way in, and of what kind it is; nothing where it brings no such file. */
export function importIn({
  headers,
  raw,
}: FastifyRequest): { content: Readable; format: 'csv' | 'json' | 'ndjson' } | undefined {
  const format = KINDS.find(([, kind]) => headers['content-type'] === `${UNREAD}.${kind}`)?.[1];
  return format && { content: raw, format };
}

const kindOf = (type = ''): string | undefined => KINDS.find(([pattern]) => pattern.test(type))?.[1];

const isImport = ({ method, routeOptions }: FastifyRequest): boolean =>
  method === 'POST' && routeOptions.url === `/${IMPORT_ROUTE}`;
