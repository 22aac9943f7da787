import { Body, Controller, Headers, HttpCode, Param, Post, Put, Req, Res, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Origin, Person } from '../common/actor.js';
import { BeforeSecondFactor, Public, Roles } from '../common/http/access.decorators.js';
import { CurrentOrigin, CurrentPerson } from '../common/http/request.decorators.js';
import { cookieOf } from '../common/http/web-client.js';
import { Settings } from '../config/settings.js';
import { Throttled } from '../throttling/throttled.decorator.js';
import { MeService } from '../users/me.service.js';
import { AcceptInvitation, LoginTokens, RefreshLogin, SignIn } from './auth.dto.js';
import { refreshTokenMissing } from './auth.errors.js';
import { PasswordGuard } from './guards.js';
import { InvitationAcceptanceService } from './invitation-acceptance.service.js';
import { forgetCookies, REFRESH_COOKIE } from './login-cookies.js';
import { DeliversLogin } from './login-delivery.js';
import { Logins } from './logins.js';
import { expectOwnSite } from './own-site.js';
import type { VerifiedUser } from './sign-in.service.js';

@ApiTags('Sign in')
@Controller('v1/auth')
@DeliversLogin()
export class AuthController {
  constructor(
    private readonly logins: Logins,
    private readonly invitations: InvitationAcceptanceService,
    private readonly me: MeService,
    private readonly settings: Settings,
  ) {}

  /** Signs in with address and password. */
  @Post('login')
  @HttpCode(200)
  @Public()
  @Throttled('sign_in', 'email')
  @UseGuards(PasswordGuard)
  login(
    @Req() { verified }: FastifyRequest & { verified: VerifiedUser },
    @Body() _: SignIn,
    @CurrentOrigin() origin: Origin,
    @Headers('user-agent') device?: string,
  ): Promise<LoginTokens> {
    const { practiceId, userId, passwordHash } = verified;
    return this.logins.begin(practiceId, userId, origin, device, passwordHash);
  }

  /** The next pair of tokens; a refresh token works once. */
  @Post('refresh')
  @HttpCode(200)
  @Public()
  @Throttled('refresh', 'refreshToken')
  refresh(
    @Req() request: FastifyRequest,
    @Body() { refreshToken }: RefreshLogin,
    @CurrentOrigin() origin: Origin,
  ): Promise<LoginTokens> {
    return this.logins.refresh(refreshToken ?? this.refreshTokenInCookie(request), origin);
  }

  /** Ends this login: its tokens open nothing any more, and a browser is asked to forget what it kept. */
  @Post('logout')
  @HttpCode(204)
  @Roles('coach', 'client', 'admin')
  @BeforeSecondFactor()
  async logout(
    @CurrentPerson() person: Person,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    await this.me.endLogin(person, person.loginId, 'logout');
    forgetCookies(reply);
    void reply.header('clear-site-data', '"cache", "storage"');
  }

  /** Accepts an invitation with a password of one's own, and signs in. */
  @Put('invitations/:code')
  @Public()
  @Throttled('invitation', 'code')
  accept(
    @Param('code') code: string,
    @Body() input: AcceptInvitation,
    @CurrentOrigin() origin: Origin,
    @Headers('user-agent') device?: string,
  ): Promise<LoginTokens> {
    return this.invitations.accept(code, input, origin, device);
  }

  private refreshTokenInCookie(request: FastifyRequest): string {
    const refreshToken = cookieOf(request, REFRESH_COOKIE);
    if (!refreshToken) throw refreshTokenMissing();
    expectOwnSite(request, this.settings);
    return refreshToken;
  }
}
