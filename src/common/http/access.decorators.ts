import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiCookieAuth, ApiExtension, ApiSecurity } from '@nestjs/swagger';
import type { KeyScope, Role } from '../actor.js';

/** Metadata key: the roles that may call a route, or `public`. A route without it is closed to everybody. */
export const ACCESS = 'access';
export type Access = 'public' | readonly Role[];

/** Open to anybody, signed in or not. */
export const Public = () => applyDecorators(SetMetadata<string, Access>(ACCESS, 'public'), ApiSecurity({}));

/** Metadata key: the route is open also to who has yet to set up the second factor that their practice wants. */
export const BEFORE_SECOND_FACTOR = 'beforeSecondFactor';
export const BeforeSecondFactor = () => SetMetadata(BEFORE_SECOND_FACTOR, true);

/** Open to people with one of these roles. */
export const Roles = (...roles: [Role, ...Role[]]) =>
  applyDecorators(
    SetMetadata<string, Access>(ACCESS, roles),
    ApiBearerAuth('accessToken'),
    ApiCookieAuth('accessCookie'),
    ApiExtension('x-roles', roles),
  );

/** Metadata key: the route wants a proof of who calls that is not older than ten minutes. */
export const STEP_UP = 'step-up';

/** Only for who proved lately who they are: a stolen token, or a screen left open, does not do this. */
export const StepUp = () =>
  applyDecorators(SetMetadata<string, true>(STEP_UP, true), ApiExtension('x-step-up', true));

/** Metadata key: the scope that a script's key must have to be let in. A route without it is closed to keys. */
export const KEY_SCOPE = 'key-scope';

/** Open to scripts too, with a key of this scope, which was made under step-up and needs no other. */
export const OpenToKeys = (scope: KeyScope) =>
  applyDecorators(
    SetMetadata<string, KeyScope>(KEY_SCOPE, scope),
    ApiBearerAuth('scriptKey'),
    ApiExtension('x-key-scope', scope),
  );
