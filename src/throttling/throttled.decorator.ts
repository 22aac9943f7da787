import { applyDecorators, SetMetadata, UseInterceptors } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { BudgetName } from './budgets.js';
import { ThrottleInterceptor } from './throttle.interceptor.js';

/** Metadata key: the budget of a route. */
export const THROTTLED = 'throttled';

/** Which budget a route draws on, and which part of the request names the account. */
export interface ThrottledRoute {
  readonly budget: BudgetName;
  /** A field of the body, a parameter of the path, or `person` for whoever is signed in. */
  readonly account?: string;
}

/**
 * Attempts at this route are counted, and after a few of them wait; longer each time.
 * `@Throttled('sign_in', 'email')` counts per address, and per account that the field `email` names.
 */
export const Throttled = (budget: BudgetName, account?: string) =>
  applyDecorators(
    SetMetadata<string, ThrottledRoute>(THROTTLED, { budget, ...(account && { account }) }),
    UseInterceptors(ThrottleInterceptor),
    ApiExtension('x-throttled', budget),
  );
