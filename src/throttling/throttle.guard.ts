import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { originOf, requestOf } from '../common/http/request.decorators.js';
import { cookieOf } from '../common/http/web-client.js';
import { placeOf } from './address-place.js';
import { type BudgetName, BUDGETS } from './budgets.js';
import { DEVICE_COOKIE, DeviceMarks } from './device-marks.js';
import { GeneralLimit } from './general-limit.js';
import { type Attempt, Throttle } from './throttle.js';
import { THROTTLED, type ThrottledRoute } from './throttled.decorator.js';
import { tooManyRequests } from './throttling.errors.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the guard on a throttled route, for when the attempt turns out well. */
    attempt?: Attempt;
  }
}

/**
 * Stands behind the guard that knows who calls, and before everything else. What is left is told in the header fields
 * of draft-ietf-httpapi-ratelimit-headers-10.
 */
@Injectable()
export class ThrottleGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly general: GeneralLimit,
    private readonly throttle: Throttle,
    private readonly marks: DeviceMarks,
  ) {}

  canActivate(context: ExecutionContext): true | Promise<true> {
    const request = requestOf(context);
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const { left, seconds } = this.general.take(request.user?.userId ?? placeOf(request.ip));
    const state = `"general";r=${Math.max(0, left)};t=${seconds}`;
    void reply.header('ratelimit-policy', this.general.policy).header('ratelimit', state);
    if (left < 0) throw tooManyRequests(seconds);
    const route = this.reflector.get<ThrottledRoute | undefined>(THROTTLED, context.getHandler());
    return route ? this.draw(route, request, reply, state) : true;
  }

  private async draw(
    { budget, account }: ThrottledRoute,
    request: FastifyRequest,
    reply: FastifyReply,
    state: string,
  ): Promise<true> {
    const attempt = this.attemptOf(budget, account && accountIn(request, account), request);
    void reply.header('ratelimit-policy', `${policyOf(budget)}, ${this.general.policy}`);
    const room = await this.throttle.attempt(attempt).catch((error: unknown) => {
      void reply.header('ratelimit', `"${budget}";r=0, ${state}`);
      throw error;
    });
    void reply.header('ratelimit', `"${budget}";r=${room.left};t=${room.forgottenInSeconds}, ${state}`);
    request.attempt = attempt;
    return true;
  }

  private attemptOf(budget: BudgetName, account: string | undefined, request: FastifyRequest): Attempt {
    const origin = originOf(request);
    if (!account) return { budget, origin };
    const mark = cookieOf(request, DEVICE_COOKIE);
    const device = mark && this.marks.read(account, mark);
    return { budget, account, origin, ...(device && { device }) };
  }
}

function policyOf(budget: BudgetName): string {
  const { free, memorySeconds } = BUDGETS[budget].pair;
  return `"${budget}";q=${free};w=${memorySeconds}`;
}

/** As somebody would type it twice: an address is the same in capitals. */
function accountIn({ user, body, params }: FastifyRequest, name: string): string | undefined {
  if (name === 'person') return user && `${user.practiceId}/${user.userId}`;
  // The address of the route goes first: a field of the same name would let a guesser be somebody new each time.
  const sent = { ...(body as object), ...(params as object) } as Record<string, unknown>;
  const named = sent[name];
  return typeof named === 'string' ? named.trim().normalize('NFC').toLowerCase() : undefined;
}
