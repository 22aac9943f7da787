import { randomUUID } from 'node:crypto';
import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import passport, { type Strategy } from 'passport';
import type { KeyScope, Person } from '../common/actor.js';
import {
  ACCESS,
  type Access,
  BEFORE_SECOND_FACTOR,
  KEY_SCOPE,
  STEP_UP,
} from '../common/http/access.decorators.js';
import { originOf, requestOf } from '../common/http/request.decorators.js';
import { validation } from '../common/http/validation.js';
import { forbidden, unauthenticated } from '../common/problems.js';
import { Settings } from '../config/settings.js';
import { SignIn } from './auth.dto.js';
import { keyOutOfScope } from './auth.errors.js';
import { expectOwnSite, isSafe } from './own-site.js';
import { Reauthentication } from './reauthentication.js';
import { ScriptKeys } from './script-keys.js';
import { JwtStrategy, personOf } from './jwt.strategy.js';
import { LocalStrategy } from './local.strategy.js';
import { isByCookie, sentAccessToken } from './sent-access-token.js';
import { VerifiedTokens } from './verified-tokens.js';

/** Stands before every route, and opens none that does not say for whom it is. */
@Injectable()
export class AccessGuard extends AuthGuard() {
  constructor(
    strategy: JwtStrategy,
    private readonly reflector: Reflector,
    private readonly keys: ScriptKeys,
    private readonly reauthentication: Reauthentication,
    private readonly verified: VerifiedTokens,
    private readonly settings: Settings,
  ) {
    super(by(strategy));
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const access = this.declared(ACCESS, context) as Access | undefined;
    if (access === 'public') return true;
    const person = await this.identify(context);
    const request = requestOf(context);
    if (isByCookie(request) && !isSafe(request)) expectOwnSite(request, this.settings);
    if (person.scopes) this.expectScope(person.scopes, this.declared(KEY_SCOPE, context));
    if (!access || !person.roles.some((role) => access.includes(role))) throw forbidden();
    // A key was made under step-up: that is when its holder proved who they are.
    if (!person.scopes && this.declared(STEP_UP, context)) await this.reauthentication.expectRecent(person);
    return true;
  }

  /** What the route, or else its controller, says of itself. */
  private declared(metadata: string, context: ExecutionContext): unknown {
    return this.reflector.getAllAndOverride<unknown>(metadata, [context.getHandler(), context.getClass()]);
  }

  /** Who calls, with the access token of a login or as a script with a key; known from here on to whoever refuses. */
  private async identify(context: ExecutionContext): Promise<Person> {
    const request = requestOf(context);
    const key = this.keys.find(request.headers.authorization);
    if (key) request.user = await this.keys.open(key, originOf(request));
    else if (!this.recognise(request)) await super.canActivate(context);
    const person = request.user!;
    if (!this.declared(BEFORE_SECOND_FACTOR, context)) return person;
    return (request.user = { ...person, enrolling: true });
  }

  /** @returns whether this token was verified before; then the person is known without doing it again */
  private recognise(request: FastifyRequest): boolean {
    const token = sentAccessToken(request);
    const claims = token === null ? undefined : this.verified.find(token);
    if (!claims) return false;
    request.user = personOf(request, claims, this.settings);
    return true;
  }

  private expectScope(held: readonly KeyScope[], wanted: unknown): void {
    if (!held.some((scope) => scope === wanted)) throw keyOutOfScope();
  }

  override handleRequest<T = Person>(error: unknown, person: T | false): T {
    if (error) throw error as Error;
    if (!person) throw unauthenticated();
    return person;
  }
}

/** Verifies the password of somebody who signs in; who it was is in `request.verified`. */
@Injectable()
export class PasswordGuard extends AuthGuard() {
  constructor(strategy: LocalStrategy) {
    super(by(strategy));
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = requestOf(context);
    // Guards run before pipes, and Passport would answer a missing field in words of its own.
    request.body = await validation().transform(request.body ?? {}, { type: 'body', metatype: SignIn });
    return (await super.canActivate(context)) as boolean;
  }

  override getAuthenticateOptions(): { property: string; session: boolean } {
    return { property: 'verified', session: false };
  }

  override handleRequest<T>(error: Error | null, user: T | false): T {
    if (error || !user) throw error ?? unauthenticated();
    return user;
  }
}

/**
 * Passport knows strategies by name, for the whole process: under one name the last application to start would verify
 * for all. It is told by name and not given as it is, for then all requests at one moment would share one.
 */
function by(strategy: JwtStrategy | LocalStrategy): { defaultStrategy: string } {
  const defaultStrategy = randomUUID();
  passport.use(defaultStrategy, strategy as unknown as Strategy);
  return { defaultStrategy };
}
