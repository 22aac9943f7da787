import type { FastifyReply } from 'fastify';
import { HOST_COOKIE } from '../common/http/web-client.js';
import { ACCESS_SECONDS } from './access-tokens.js';
import type { LoginTokens } from './auth.dto.js';

export const ACCESS_COOKIE = '__Host-access';
export const REFRESH_COOKIE = '__Host-refresh';

/** When a browser forgets them; when the login ends, the server knows better. */
const REFRESH_SECONDS = 30 * 86_400;

/** Hands the tokens to the browser, which keeps them from the page; the page is told the rest. */
export function keepInCookies(reply: FastifyReply, tokens: LoginTokens): Partial<LoginTokens> {
  const { accessToken, refreshToken, ...rest } = tokens;
  void reply.setCookie(ACCESS_COOKIE, accessToken, { ...HOST_COOKIE, maxAge: ACCESS_SECONDS });
  void reply.setCookie(REFRESH_COOKIE, refreshToken, { ...HOST_COOKIE, maxAge: REFRESH_SECONDS });
  return rest;
}

export function forgetCookies(reply: FastifyReply): void {
  for (const name of [ACCESS_COOKIE, REFRESH_COOKIE]) void reply.clearCookie(name, HOST_COOKIE);
}
