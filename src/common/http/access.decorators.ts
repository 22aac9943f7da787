import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiBearerAuth, ApiExtension, ApiSecurity } from '@nestjs/swagger';
import type { Role } from '../actor.js';

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
    ApiExtension('x-roles', roles),
  );
