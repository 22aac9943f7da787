import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import { requestOf } from '../common/http/request.decorators.js';
import { isWebClient } from '../common/http/web-client.js';
import { Settings } from '../config/settings.js';
import type { LoginTokens } from './auth.dto.js';
import { keepInCookies } from './login-cookies.js';
import { expectOwnSite } from './own-site.js';

/** How the tokens of a login reach the caller: in the answer, or for the web client in cookies that no script can read. */
@Injectable()
export class LoginDelivery implements NestInterceptor {
  constructor(private readonly settings: Settings) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = requestOf(context);
    if (!isWebClient(request)) return next.handle();
    // To sign somebody in as somebody else is a forgery too.
    expectOwnSite(request, this.settings);
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next
      .handle()
      .pipe(map((answer: unknown) => (isLogin(answer) ? keepInCookies(reply, answer) : answer)));
  }
}

function isLogin(answer: unknown): answer is LoginTokens {
  return typeof answer === 'object' && answer !== null && 'accessToken' in answer && 'refreshToken' in answer;
}

/** Over every controller, or route, that may begin or renew a login. */
export const DeliversLogin = () =>
  applyDecorators(
    UseInterceptors(LoginDelivery),
    ApiHeader({
      name: 'X-Web-Client',
      required: false,
      description:
        'Sent as 1 by the web client, which gets the tokens in cookies; then `Origin` must be known.',
      schema: { type: 'string', enum: ['1'] },
    }),
  );
