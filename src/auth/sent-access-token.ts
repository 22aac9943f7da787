import type { FastifyRequest } from 'fastify';
import { cookieOf } from '../common/http/web-client.js';
import { ACCESS_COOKIE } from './login-cookies.js';

const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]*)$/i;

/** In `Authorization: Bearer`, else in the cookie of the web client; never in the address, which others get to see. */
export function sentAccessToken(request: FastifyRequest): string | null {
  const { authorization } = request.headers;
  if (authorization !== undefined) return BEARER.exec(authorization)?.[1] ?? null;
  return cookieOf(request, ACCESS_COOKIE) ?? null;
}

/** A browser adds its cookies to whatever another site makes it send; a bearer token it does not add. */
export const isByCookie = ({ headers }: FastifyRequest): boolean => headers.authorization === undefined;
