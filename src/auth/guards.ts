import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import type { Person } from '../common/actor.js';
import { ACCESS, type Access, BEFORE_SECOND_FACTOR } from '../common/http/access.decorators.js';
import { requestOf } from '../common/http/request.decorators.js';
import { validation } from '../common/http/validation.js';
import { forbidden, unauthenticated } from '../common/problems.js';
import { SignIn } from './auth.dto.js';

/** Stands before every route, and opens none that does not say for whom it is. */
@Injectable()
export class AccessGuard extends AuthGuard('jwt') {
  constructor(private readonly reflector: Reflector) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    const access = this.reflector.getAllAndOverride<Access | undefined>(ACCESS, places);
    if (access === 'public') return true;
    await super.canActivate(context);
    const request = requestOf(context);
    const person = request.user;
    if (!access || !person?.roles.some((role) => access.includes(role))) throw forbidden();
    const enrolling = this.reflector.getAllAndOverride<true | undefined>(BEFORE_SECOND_FACTOR, places);
    if (enrolling) request.user = { ...person, enrolling };
    return true;
  }

  override handleRequest<T = Person>(error: unknown, person: T | false): T {
    if (error) throw error as Error;
    if (!person) throw unauthenticated();
    return person;
  }
}

/** Verifies the password of somebody who signs in; who it was is in `request.verified`. */
@Injectable()
export class PasswordGuard extends AuthGuard('local') {
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
