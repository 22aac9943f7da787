import { Global, Module } from '@nestjs/common';
import { Refusals } from '../common/http/refusals.js';
import { AccessLogController } from './access-log.controller.js';
import { AccessLogService } from './access-log.service.js';
import { Audit } from './audit.js';
import { AuditLogController } from './audit-log.controller.js';
import { AuditLogService } from './audit-log.service.js';
import { AuditedRefusals } from './audited-refusals.js';
import { Sealer } from './sealer.js';
import { SealsOutside } from './seals-outside.js';
import { SecurityLog } from './security-log.js';
import { LogVerification } from './verification.js';
import { Witness } from './witness.js';

@Global()
@Module({
  controllers: [AuditLogController, AccessLogController],
  providers: [
    Audit,
    AuditLogService,
    AccessLogService,
    LogVerification,
    Sealer,
    SealsOutside,
    SecurityLog,
    Witness,
    { provide: Refusals, useClass: AuditedRefusals },
  ],
  exports: [Audit, LogVerification, Sealer, SecurityLog, Refusals],
})
export class AuditModule {}
