import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { type Person, taskFor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import type { Client } from '../clients/client.entity.js';
import { ClientFiles } from '../clients/client-files.js';
import { type ClientFile, ClientsService } from '../clients/clients.service.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { AssignmentWriter } from '../homework/assignments/assignment-writer.js';

/** Closes a file: what is still planned is called off, homework that runs is stopped, the rest stays to be read. */
@Injectable()
export class FileClosureService {
  constructor(
    private readonly tenant: Tenant,
    private readonly files: ClientFiles,
    private readonly clients: ClientsService,
    private readonly assignments: AssignmentWriter,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async close(person: Person, id: string): Promise<ClientFile> {
    await this.tenant.read(person, (tx) => this.files.visible(tx, person, id));
    await this.tenant.once(
      taskFor(person, 'closure'),
      (tx) => this.closeIn(tx, person, id),
      (tx) => this.files.visible(tx, person, id),
    );
    return this.clients.read(person, id);
  }

  private async closeIn(tx: Tx, person: Person, id: string): Promise<Client> {
    const client = await this.files.visible(tx, person, id, 'for update');
    client.close(this.clock.now());
    await this.cancelPlanned(tx, id);
    await this.assignments.stopAllOpen(tx, client);
    await tx.manager.save(client);
    this.audit.record(tx, { event: 'client.closed', clientId: id, objectType: 'client', objectId: id });
    return client;
  }

  private async cancelPlanned(tx: Tx, clientId: string): Promise<void> {
    const cancelled = await tx.query<{ id: string }>(
      `update sessions set status = 'cancelled', version = version + 1
        where practice_id = $1 and client_id = $2 and status = 'planned' returning id`,
      [tx.practiceId, clientId],
    );
    for (const { id } of cancelled) {
      this.audit.record(tx, { event: 'session.cancelled', clientId, objectType: 'session', objectId: id });
    }
  }
}
