import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { Role } from '../common/actor.js';
import { Settings } from '../config/settings.js';

export const ALGORITHM = 'HS256';
export const ISSUER = 'ademruimte';
export const AUDIENCE = 'ademruimte-api';
/** Sets an access token apart from every other JWT (RFC 9068, section 2.1). */
export const TOKEN_TYPE = 'at+jwt';
export const ACCESS_SECONDS = 600;
/** As much as the clocks of two instances may: the other one may be behind. */
const CLOCKS_DIFFER_SECONDS = 5;

/** What an access token says (RFC 9068): who, where, in which login, as what. */
export interface AccessClaims {
  /** User id. */
  readonly sub: string;
  readonly practice: string;
  readonly login: string;
  readonly roles: readonly Role[];
  readonly client?: string;
}

/** Mints access tokens: short-lived, and checked against the database at every use. */
@Injectable()
export class AccessTokens {
  constructor(
    private readonly jwt: JwtService,
    private readonly settings: Settings,
  ) {}

  mint(claims: AccessClaims): string {
    const [current] = this.settings.tokenKeys;
    return this.jwt.sign(claims, {
      secret: current.key as never,
      algorithm: ALGORITHM,
      header: { alg: ALGORITHM, typ: TOKEN_TYPE, kid: current.id },
      issuer: ISSUER,
      audience: AUDIENCE,
      notBefore: -CLOCKS_DIFFER_SECONDS,
      expiresIn: ACCESS_SECONDS,
      jwtid: randomUUID(),
    });
  }
}
