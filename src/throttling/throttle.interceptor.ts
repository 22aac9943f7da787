import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { mergeMap, type Observable } from 'rxjs';
import { requestOf } from '../common/http/request.decorators.js';
import { Throttle } from './throttle.js';

/** An attempt that succeeds is taken back before it is told. */
@Injectable()
export class ThrottleInterceptor implements NestInterceptor {
  constructor(private readonly throttle: Throttle) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const { attempt } = requestOf(context);
    if (!attempt) return next.handle();
    return next.handle().pipe(
      mergeMap(async (answer: unknown) => {
        await this.throttle.succeeded(attempt);
        return answer;
      }),
    );
  }
}
