import type { KeyObject } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { type SecretOrKeyProvider, Strategy, type StrategyOptionsWithRequest } from 'passport-jwt';
import type { Person } from '../common/actor.js';
import { repeatOf } from '../common/http/repeat.js';
import { originOf } from '../common/http/request.decorators.js';
import { UUID } from '../common/page.js';
import { unauthenticated } from '../common/problems.js';
import { Settings } from '../config/settings.js';
import {
  ACCESS_SECONDS,
  type AccessClaims,
  ALGORITHM,
  AUDIENCE,
  ISSUER,
  TOKEN_TYPE,
} from './access-tokens.js';
import { sentAccessToken } from './sent-access-token.js';
import { type VerifiedClaims, VerifiedTokens } from './verified-tokens.js';

/** What the library sets at minting, and does not miss at verifying. */
interface RegisteredClaims {
  readonly iat?: unknown;
  readonly nbf?: unknown;
  readonly exp?: unknown;
  readonly jti?: unknown;
}

/**
 * The access token of a request: kind, algorithm, key, issuer and audience are pinned, and it holds every claim that
 * ours hold (RFC 8725, RFC 9068).
 */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(
    private readonly settings: Settings,
    private readonly verified: VerifiedTokens,
  ) {
    const keys = new Map(settings.tokenKeys.map(({ id, key }) => [id, key]));
    super({
      jwtFromRequest: sentAccessToken as never,
      secretOrKeyProvider: keyNamedBy(keys),
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
      passReqToCallback: true,
    } satisfies StrategyOptionsWithRequest);
  }

  validate(request: FastifyRequest, claims: VerifiedClaims & RegisteredClaims): Person {
    const { sub, practice, login, jti } = claims;
    if (![sub, practice, login, jti].every(isId) || !isShortLived(claims)) throw unauthenticated();
    this.verified.remember(sentAccessToken(request)!, claims);
    return personOf(request, claims, this.settings);
  }
}

/** Who calls, by what their verified token says. */
export function personOf(
  request: FastifyRequest,
  { sub, practice, login, roles, client }: AccessClaims,
  { fingerprintKey }: Settings,
): Person {
  const repeat = repeatOf(request, fingerprintKey);
  return {
    practiceId: practice,
    userId: sub,
    loginId: login,
    roles,
    ...(client && { clientId: client }),
    origin: originOf(request),
    ...(repeat && { repeat }),
  };
}

const isId = (id: unknown): boolean => typeof id === 'string' && UUID.test(id);

/** Ours all end, and soon: one that does not was not made here. */
function isShortLived({ iat, nbf, exp }: RegisteredClaims): boolean {
  if (![iat, nbf, exp].every((time) => Number.isInteger(time))) return false;
  return (exp as number) - (iat as number) <= ACCESS_SECONDS;
}

/** The key that the header names; of what is not an access token, or names none of ours, there is none. */
function keyNamedBy(keys: ReadonlyMap<unknown, KeyObject>): SecretOrKeyProvider {
  return (_, token: string, done) => {
    const { typ, kid } = headerOf(token);
    const key = typ === TOKEN_TYPE ? keys.get(kid) : undefined;
    done(key ? null : 'No key for this token', key as never);
  };
}

function headerOf(token: string): { typ?: unknown; kid?: unknown } {
  try {
    return (JSON.parse(Buffer.from(token.split('.', 1)[0]!, 'base64url').toString()) ?? {}) as object;
  } catch {
    return {};
  }
}
