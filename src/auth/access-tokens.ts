import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { Role } from '../common/actor.js';

export const ALGORITHM = 'HS256';
export const ISSUER = 'ademruimte';
export const AUDIENCE = 'ademruimte-api';
/** Sets an access token apart from every other JWT (RFC 9068, section 2.1). */
export const TOKEN_TYPE = 'at+jwt';
export const ACCESS_SECONDS = 600;

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
  constructor(private readonly jwt: JwtService) {}

  mint(claims: AccessClaims): string {
    return this.jwt.sign(claims, {
      algorithm: ALGORITHM,
      header: { alg: ALGORITHM, typ: TOKEN_TYPE },
      issuer: ISSUER,
      audience: AUDIENCE,
      expiresIn: ACCESS_SECONDS,
      jwtid: randomUUID(),
    });
  }
}
