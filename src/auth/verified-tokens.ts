import { Injectable } from '@nestjs/common';
import type { AccessClaims } from './access-tokens.js';

/** A token stands for a login of one person: so many are used at once on one instance, with room to spare. */
const MOST_TOKENS = 10_000;

/** What a verified token says, and when it ends, in seconds since 1970. */
export interface VerifiedClaims extends AccessClaims {
  readonly exp: number;
}

/**
 * Access tokens whose signature was found right, until they expire: a page of the portal asks ten things with one
 * token, and its signature stays what it is. Whether the login behind it still stands is asked of the database each time.
 */
@Injectable()
export class VerifiedTokens {
  private readonly claims = new Map<string, VerifiedClaims>();

  remember(token: string, claims: VerifiedClaims): void {
    if (this.claims.size >= MOST_TOKENS) this.claims.delete(this.claims.keys().next().value!);
    this.claims.set(token, claims);
  }

  find(token: string): VerifiedClaims | undefined {
    const claims = this.claims.get(token);
    if (!claims || claims.exp > Date.now() / 1000) return claims;
    this.claims.delete(token);
    return undefined;
  }
}
