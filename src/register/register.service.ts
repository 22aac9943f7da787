import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import type { Person } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import type { Language } from '../common/language.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { fileYearsOf } from '../practices/file-term.js';
import { PracticesService } from '../practices/practices.service.js';
import type { ProcessingRegister, RegisterContact } from './processing-register.dto.js';
import { registerView } from './processing-register.view.js';

/** The register of what the practice does with data (AVG art. 30). */
@Injectable()
export class RegisterService {
  constructor(
    private readonly tenant: Tenant,
    private readonly practices: PracticesService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async read(person: Person, language: Language): Promise<ProcessingRegister> {
    const [practice, contacts] = await this.tenant.read(person, (tx) =>
      Promise.all([this.practices.own(tx), adminsOf(tx)]),
    );
    await this.audit.witness(person, { event: 'processing_register.read' });
    const controller = { practice: practice.name, contacts, fileYears: fileYearsOf(practice) };
    return registerView(controller, this.clock.now(), language);
  }
}

const adminsOf = (tx: Tx): Promise<RegisterContact[]> =>
  tx.query(
    `select name, email from users
      where practice_id = $1 and 'admin' = any (roles) and disabled_at is null order by id limit 100`,
    [tx.practiceId],
  );
