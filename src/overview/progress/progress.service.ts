import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { ownClients, ownFile } from '../../clients/client-files.js';
import type { Person } from '../../common/actor.js';
import { Tenant } from '../../database/tenant.js';
import { Progress, type Range } from './progress.js';
import type { ProgressView } from './progress.dto.js';

/** Who looks at a client's progress: the file's coach, as far as the client shares, and the client. */
@Injectable()
export class ProgressService {
  constructor(
    private readonly tenant: Tenant,
    private readonly progress: Progress,
    private readonly audit: Audit,
  ) {}

  async ofClient(person: Person, clientId: string, range: Range): Promise<ProgressView> {
    const { coachId } = ownClients(person);
    const figures = await this.tenant.read(person, (tx) =>
      this.progress.ofCoach(tx, coachId, clientId, range),
    );
    await this.witness(person, clientId);
    return figures;
  }

  async own(person: Person, range: Range): Promise<ProgressView> {
    const { clientId } = ownFile(person);
    const figures = await this.tenant.read(person, (tx) => this.progress.of(tx, clientId, range));
    await this.witness(person, clientId);
    return figures;
  }

  private witness(person: Person, clientId: string): Promise<void> {
    const about = { clientId, objectType: 'client', objectId: clientId };
    return this.audit.witness(person, { event: 'progress.read', ...about });
  }
}
