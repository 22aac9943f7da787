import { Module } from '@nestjs/common';
import { ExercisesModule } from '../homework/exercises/exercises.module.js';
import { KnowledgeModule } from '../knowledge/knowledge.module.js';
import { UsersModule } from '../users/users.module.js';
import { OnboardingService } from './onboarding.service.js';

@Module({
  imports: [UsersModule, ExercisesModule, KnowledgeModule],
  providers: [OnboardingService],
  exports: [OnboardingService],
})
export class OnboardingModule {}
