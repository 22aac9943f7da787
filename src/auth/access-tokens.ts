import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import type { Role } from '../common/actor.js';

export const ALGORITHM = 'HS256';
export const ISSUER = 'ademruimte';
export const AUDIENCE = 'ademruimte-api';
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
      header: { alg: ALGORITHM, typ: 'at+jwt' },
      issuer: ISSUER,
      audience: AUDIENCE,
      expiresIn: ACCESS_SECONDS,
      jwtid: randomUUID(),
    });
  }
}
