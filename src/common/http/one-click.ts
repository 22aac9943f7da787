import { errorCodes, type FastifyInstance } from 'fastify';

/** Where a mail program posts when its reader presses "unsubscribe" (RFC 8058). */
export const ONE_CLICK_ROUTE = 'v1/reminders/unsubscriptions/:code';

/** Mail programs send a form of one field, which says nothing that the address does not say. */
const FORM = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i;
const UNREAD = 'application/vnd.ademruimte.one-click';
const LARGEST_BYTES = 4_096;

/**
 * Lets forms in on that one route, and does not read them. Everywhere else a form stays a 415, for it is what a page of
 * another site can send without asking.
 */
export function takeOneClicks(fastify: FastifyInstance): void {
  fastify.addContentTypeParser(
    UNREAD,
    { parseAs: 'buffer', bodyLimit: LARGEST_BYTES },
    (request, _body, done) => {
      if (isOneClick(request.routeOptions.url)) done(null, undefined);
      else done(new errorCodes.FST_ERR_CTP_INVALID_MEDIA_TYPE(UNREAD), undefined);
    },
  );
  fastify.addHook('onRequest', (request, _, done) => {
    const { headers, routeOptions } = request;
    if (isOneClick(routeOptions.url) && FORM.test(headers['content-type'] ?? '')) {
      headers['content-type'] = UNREAD;
    }
    done();
  });
}

const isOneClick = (route: string | undefined): boolean => route === `/${ONE_CLICK_ROUTE}`;
