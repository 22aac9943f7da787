import { Global, Module } from '@nestjs/common';
import { Refusals } from '../common/http/refusals.js';
import { Audit } from './audit.js';
import { AuditLogController } from './audit-log.controller.js';
import { AuditLogService } from './audit-log.service.js';
import { AuditedRefusals } from './audited-refusals.js';
import { SecurityLog } from './security-log.js';
import { Witness } from './witness.js';

@Global()
@Module({
  controllers: [AuditLogController],
  providers: [Audit, AuditLogService, SecurityLog, Witness, { provide: Refusals, useClass: AuditedRefusals }],
  exports: [Audit, SecurityLog, Refusals],
})
export class AuditModule {}
