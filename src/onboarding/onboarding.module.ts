import { Module } from '@nestjs/common';
import { UsersModule } from '../users/users.module.js';
import { OnboardingService } from './onboarding.service.js';

@Module({ imports: [UsersModule], providers: [OnboardingService], exports: [OnboardingService] })
export class OnboardingModule {}
