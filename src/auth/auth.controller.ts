import { Body, Controller, Headers, HttpCode, Param, Post, Put, Req, UseGuards } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Origin, Person } from '../common/actor.js';
import { BeforeSecondFactor, Public, Roles } from '../common/http/access.decorators.js';
import { CurrentOrigin, CurrentPerson } from '../common/http/request.decorators.js';
import { MeService } from '../users/me.service.js';
import { AcceptInvitation, LoginTokens, RefreshLogin, SignIn } from './auth.dto.js';
import { PasswordGuard } from './guards.js';
import { InvitationAcceptanceService } from './invitation-acceptance.service.js';
import { Logins } from './logins.js';
import type { VerifiedUser } from './sign-in.service.js';

@ApiTags('Sign in')
@Controller('v1/auth')
export class AuthController {
  constructor(
    private readonly logins: Logins,
    private readonly invitations: InvitationAcceptanceService,
    private readonly me: MeService,
  ) {}

  /** Signs in with address and password. */
  @Post('login')
  @HttpCode(200)
  @Public()
  @UseGuards(PasswordGuard)
  login(
    @Req() { verified }: FastifyRequest & { verified: VerifiedUser },
    @Body() _: SignIn,
    @CurrentOrigin() origin: Origin,
    @Headers('user-agent') device?: string,
  ): Promise<LoginTokens> {
    return this.logins.begin(verified.practiceId, verified.userId, origin, device);
  }

  /** The next pair of tokens; a refresh token works once. */
  @Post('refresh')
  @HttpCode(200)
  @Public()
  refresh(@Body() { refreshToken }: RefreshLogin, @CurrentOrigin() origin: Origin): Promise<LoginTokens> {
    return this.logins.refresh(refreshToken, origin);
  }

  /** Ends this login: its access token and its refresh token open nothing any more. */
  @Post('logout')
  @HttpCode(204)
  @Roles('coach', 'client', 'admin')
  @BeforeSecondFactor()
  logout(@CurrentPerson() person: Person): Promise<void> {
    return this.me.endLogin(person, person.loginId, 'logout');
  }

  /** Accepts an invitation with a password of one's own, and signs in. */
  @Put('invitations/:code')
  @Public()
  accept(
    @Param('code') code: string,
    @Body() input: AcceptInvitation,
    @CurrentOrigin() origin: Origin,
    @Headers('user-agent') device?: string,
  ): Promise<LoginTokens> {
    return this.invitations.accept(code, input, origin, device);
  }
}
