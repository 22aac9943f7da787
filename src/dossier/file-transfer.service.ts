import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { type Person, taskFor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import { expectVersion } from '../common/version.js';
import { Client } from '../clients/client.entity.js';
import { unknownCoach } from '../clients/client.errors.js';
import { ClientFiles } from '../clients/client-files.js';
import { ClientKeys } from '../clients/client-keys.js';
import type { ClientFile } from '../clients/clients.service.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { whenViolated } from '../database/violation.js';
import { User } from '../users/user.entity.js';
import { alreadyTheirCoach, plannedSessionsClash } from './dossier.errors.js';
import type { TransferFile } from './file-transfer.dto.js';
import { FileTransfer } from './file-transfer.entity.js';
import { clashesFor, movePlannedSessions, moveReaders, moveRows } from './file-transfer.queries.js';

/** Hands a file over to another coach: all of it at once, or nothing. */
@Injectable()
export class FileTransferService {
  constructor(
    private readonly tenant: Tenant,
    private readonly files: ClientFiles,
    private readonly keys: ClientKeys,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * The admin decides, with a reason; the system task `transfer` rewrites whose each row is, and nothing else.
   * @throws Problem 409 `planned-sessions-clash` with the sessions that the new coach cannot give
   */
  async transfer(
    person: Person,
    clientId: string,
    input: TransferFile,
    version?: number,
  ): Promise<ClientFile> {
    await this.tenant.read(person, (tx) => this.files.visible(tx, person, clientId));
    return this.tenant
      .change(taskFor(person, 'transfer'), async (tx) => {
        const client = await this.files.visible(tx, person, clientId, 'for update');
        expectVersion(client, version);
        await this.refuse(tx, client, input);
        await this.keepReason(tx, client, input, person);
        await this.move(tx, client, input);
        this.audit.record(tx, {
          event: 'client.transferred',
          clientId,
          objectType: 'client',
          objectId: clientId,
        });
        return { id: clientId, client };
      })
      .catch(whenViolated({ sessions_coach_free: () => plannedSessionsClash([]) }));
  }

  private async refuse(tx: Tx, client: Client, { coachId }: TransferFile): Promise<void> {
    if (coachId === client.coachId) throw alreadyTheirCoach();
    const coach = await tx.manager.findOneBy(User, { practiceId: tx.practiceId, id: coachId });
    if (!coach?.isCoach || coach.isDisabled) throw unknownCoach();
    const clashes = await clashesFor(tx, client.id, coachId);
    if (clashes.length > 0) throw plannedSessionsClash(clashes);
  }

  private async keepReason(tx: Tx, client: Client, input: TransferFile, person: Person): Promise<void> {
    const now = this.clock.now();
    const id = newId(now);
    const file = await this.keys.open(tx, client.id);
    await tx.manager.insert(FileTransfer, {
      practiceId: tx.practiceId,
      id,
      clientId: client.id,
      coachId: client.coachId,
      fromCoachId: client.coachId,
      toCoachId: input.coachId,
      reason: file.seal({ column: 'file_transfers.reason', row: id, version: 1 }, input.reason),
      privateNotesGoAlong: input.privateNotesGoAlong,
      decidedBy: person.userId,
      decidedAt: now,
    });
  }

  private async move(tx: Tx, client: Client, { coachId, privateNotesGoAlong }: TransferFile): Promise<void> {
    await movePlannedSessions(tx, client.id, coachId);
    await moveReaders(tx, client.id, { to: coachId, withPrivate: privateNotesGoAlong });
    await moveRows(tx, client.id, coachId);
    client.coachId = coachId;
    await tx.manager.save(client);
  }
}
