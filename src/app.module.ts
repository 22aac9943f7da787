import { type DynamicModule, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { AuditModule } from './audit/audit.module.js';
import { AuthModule } from './auth/auth.module.js';
import { AccessGuard } from './auth/guards.js';
import { ClientsModule } from './clients/clients.module.js';
import { CommonModule } from './common/common.module.js';
import { CreatedInterceptor } from './common/http/created.interceptor.js';
import { ETagInterceptor } from './common/http/etag.interceptor.js';
import { ProblemFilter } from './common/http/problem.filter.js';
import { Routes } from './common/http/routes.js';
import { validation } from './common/http/validation.js';
import { Settings } from './config/settings.js';
import { DatabaseModule } from './database/database.module.js';
import { DossierModule } from './dossier/dossier.module.js';
import { ENTITIES } from './entities.js';
import { ExportsModule } from './exports/exports.module.js';
import { ImportsModule } from './imports/imports.module.js';
import { HealthModule } from './health/health.module.js';
import { HomeworkModule } from './homework/homework.module.js';
import { IntakeRequestsModule } from './intake-requests/intake-requests.module.js';
import { JobsModule } from './jobs/jobs.module.js';
import { KnowledgeModule } from './knowledge/knowledge.module.js';
import { NotesModule } from './notes/notes.module.js';
import { NotificationsModule } from './notifications/notifications.module.js';
import { ObservationsModule } from './observations/observations.module.js';
import { OnboardingModule } from './onboarding/onboarding.module.js';
import { OverviewModule } from './overview/overview.module.js';
import { ProgressModule } from './progress/progress.module.js';
import { PracticesModule } from './practices/practices.module.js';
import { PrivacyModule } from './privacy/privacy.module.js';
import { RegisterModule } from './register/register.module.js';
import { RetentionModule } from './retention/retention.module.js';
import { SessionsModule } from './sessions/sessions.module.js';
import { ThrottleGuard } from './throttling/throttle.guard.js';
import { ThrottlingModule } from './throttling/throttling.module.js';
import { UsersModule } from './users/users.module.js';

/** The table of contents. */
@Module({})
export class AppModule {
  static with(settings: Settings, routes = new Routes()): DynamicModule {
    return {
      module: AppModule,
      imports: [
        CommonModule.with(settings),
        DatabaseModule.serving(ENTITIES),
        AuditModule,
        JobsModule,
        ThrottlingModule,
        AuthModule,
        PracticesModule,
        UsersModule,
        ClientsModule,
        SessionsModule,
        HomeworkModule,
        KnowledgeModule,
        IntakeRequestsModule,
        ObservationsModule,
        NotesModule,
        DossierModule,
        OverviewModule,
        ProgressModule,
        PrivacyModule,
        RegisterModule,
        RetentionModule,
        ExportsModule,
        ImportsModule,
        NotificationsModule,
        OnboardingModule,
        HealthModule,
      ],
      providers: [
        { provide: Routes, useValue: routes },
        { provide: APP_GUARD, useClass: AccessGuard },
        { provide: APP_GUARD, useClass: ThrottleGuard },
        { provide: APP_PIPE, useFactory: validation },
        { provide: APP_FILTER, useClass: ProblemFilter },
        { provide: APP_INTERCEPTOR, useClass: ETagInterceptor },
        { provide: APP_INTERCEPTOR, useClass: CreatedInterceptor },
      ],
    };
  }
}
