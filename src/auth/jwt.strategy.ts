import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { ExtractJwt, Strategy, type StrategyOptionsWithRequest } from 'passport-jwt';
import type { Person } from '../common/actor.js';
import { repeatOf } from '../common/http/repeat.js';
import { originOf } from '../common/http/request.decorators.js';
import { UUID } from '../common/page.js';
import { unauthenticated } from '../common/problems.js';
import { Settings } from '../config/settings.js';
import { type AccessClaims, ALGORITHM, AUDIENCE, ISSUER, TOKEN_TYPE } from './access-tokens.js';

const bearerOf = ExtractJwt.fromAuthHeaderAsBearerToken();

/** The access token in `Authorization: Bearer`; algorithm, issuer and audience are pinned (RFC 8725). */
@Injectable()
export class JwtStrategy extends PassportStrategy(Strategy, 'jwt') {
  constructor(private readonly settings: Settings) {
    super({
      jwtFromRequest: accessTokenOf,
      secretOrKey: settings.tokenKey as never,
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
      passReqToCallback: true,
    } satisfies StrategyOptionsWithRequest);
  }

  validate(request: FastifyRequest, { sub, practice, login, roles, client }: AccessClaims): Person {
    if (![sub, practice, login].every((id) => UUID.test(id))) throw unauthenticated();
    const repeat = repeatOf(request, this.settings.fingerprintKey);
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
}

/** Only what calls itself an access token is read as one (RFC 9068, section 4). */
function accessTokenOf(request: Parameters<typeof bearerOf>[0]): string | null {
  const token = bearerOf(request);
  return token && typeOf(token) === TOKEN_TYPE ? token : null;
}

function typeOf(token: string): unknown {
  try {
    const header = JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()) as {
      typ?: unknown;
    } | null;
    return header?.typ;
  } catch {
    return undefined;
  }
}
