import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { mergeMap, type Observable } from 'rxjs';
import { requestOf } from '../common/http/request.decorators.js';
import { HOST_COOKIE, isWebClient } from '../common/http/web-client.js';
import { DEVICE_COOKIE, DEVICE_SECONDS, DeviceMarks } from './device-marks.js';
import { Throttle } from './throttle.js';

/** An attempt that succeeds is taken back before it is told; and a browser that signed in is known from then on. */
@Injectable()
export class ThrottleInterceptor implements NestInterceptor {
  constructor(
    private readonly throttle: Throttle,
    private readonly marks: DeviceMarks,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = requestOf(context);
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      mergeMap(async (answer: unknown) => {
        const { attempt } = request;
        if (attempt) await this.throttle.succeeded(attempt);
        if (attempt?.account && attempt.budget === 'sign_in' && isWebClient(request)) {
          const mark = this.marks.make(attempt.account);
          void reply.setCookie(DEVICE_COOKIE, mark, { ...HOST_COOKIE, maxAge: DEVICE_SECONDS });
        }
        return answer;
      }),
    );
  }
}
