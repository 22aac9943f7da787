import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyRequest } from 'fastify';

/**
 * Sent by the web client with whatever it changes. No other site can send it: a form cannot, and a script would have to
 * ask first (CORS), which is answered with no.
 */
const WEB_CLIENT_HEADER = 'x-web-client';

export const isWebClient = ({ headers }: FastifyRequest): boolean => headers[WEB_CLIENT_HEADER] === '1';

/**
 * For this host alone, over TLS, out of reach of scripts, and never sent from another site. The prefix `__Host-` makes
 * browsers hold us to it (RFC 6265bis).
 */
export const HOST_COOKIE: CookieSerializeOptions = {
  path: '/',
  httpOnly: true,
  secure: true,
  sameSite: 'strict',
};

export function cookieOf(request: FastifyRequest, name: `__Host-${string}`): string | undefined {
  return request.cookies[name] || undefined;
}
