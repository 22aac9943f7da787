import type { CookieSerializeOptions } from '@fastify/cookie';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ACCESS_SECONDS } from './access-tokens.js';
import type { LoginTokens } from './auth.dto.js';

/** The prefix makes browsers refuse them without Secure, with a Domain, or from a neighbouring host (RFC 6265bis). */
export const ACCESS_COOKIE = '__Host-access';
export const REFRESH_COOKIE = '__Host-refresh';

/** When a browser forgets them; when the login ends, the server knows better. */
const REFRESH_SECONDS = 30 * 86_400;

const OURS: CookieSerializeOptions = { path: '/', httpOnly: true, secure: true, sameSite: 'strict' };

export function cookieOf(request: FastifyRequest, name: string): string | undefined {
  return request.cookies[name] || undefined;
}

/** Hands the tokens to the browser, which keeps them from the page; the page is told the rest. */
export function keepInCookies(reply: FastifyReply, tokens: LoginTokens): Partial<LoginTokens> {
  const { accessToken, refreshToken, ...rest } = tokens;
  void reply.setCookie(ACCESS_COOKIE, accessToken, { ...OURS, maxAge: ACCESS_SECONDS });
  void reply.setCookie(REFRESH_COOKIE, refreshToken, { ...OURS, maxAge: REFRESH_SECONDS });
  return rest;
}

export function forgetCookies(reply: FastifyReply): void {
  for (const name of [ACCESS_COOKIE, REFRESH_COOKIE]) void reply.clearCookie(name, OURS);
}
