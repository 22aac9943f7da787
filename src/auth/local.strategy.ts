import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-local';
import { originOf } from '../common/http/request.decorators.js';
import type { SignIn } from './auth.dto.js';
import { SignInService, type VerifiedUser } from './sign-in.service.js';

/** E-mail address and password. */
@Injectable()
export class LocalStrategy extends PassportStrategy(Strategy, 'local') {
  constructor(private readonly signIn: SignInService) {
    super({ usernameField: 'email', passReqToCallback: true });
  }

  validate(
    request: FastifyRequest<{ Body: SignIn }>,
    email: string,
    password: string,
  ): Promise<VerifiedUser> {
    const { practice, code, passkey } = request.body;
    return this.signIn.verify({ email, password, practice, code, passkey }, originOf(request));
  }
}
