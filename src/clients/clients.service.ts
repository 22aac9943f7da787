import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { isAdmin, isCoach, type Person } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { fromCursor, type Page, pageOf, UUID } from '../common/page.js';
import { given } from '../common/patch.js';
import { expectVersion } from '../common/version.js';
import { saveAsNewVersion } from '../database/new-version.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { Jobs } from '../jobs/jobs.js';
import { User } from '../users/user.entity.js';
import { alreadyAccepted } from '../users/user.errors.js';
import { Client } from './client.entity.js';
import type { ChangeClient, ClientQuery, OpenFile } from './client.dto.js';
import { coachNeeded, noAddressToInvite, onlyTheCoachRecords, unknownCoach } from './client.errors.js';
import { clientsPage } from './client.queries.js';
import { ClientFiles, isCoachOf, visibleFiles } from './client-files.js';
import { ClientIntake, type Intake, intakeFields } from './client-intake.js';
import { NewFiles } from './new-files.js';

/** A file, with what the client came with where the reader is the file's coach. */
export interface ClientFile {
  readonly id: string;
  readonly client: Client;
  readonly intake?: Intake;
}

type Move = 'activate' | 'pause' | 'resume' | 'reopen';
const MOVED = { activate: 'activated', pause: 'paused', resume: 'resumed', reopen: 'reopened' } as const;

/** The files of the people who are coached. */
@Injectable()
export class ClientsService {
  constructor(
    private readonly tenant: Tenant,
    private readonly files: ClientFiles,
    private readonly newFiles: NewFiles,
    private readonly intakes: ClientIntake,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Opens a file; consent that comes with it lets the question and stress data be stored in the same call. */
  open(person: Person, input: OpenFile): Promise<ClientFile> {
    return this.tenant.once(
      person,
      async (tx) => {
        const coachId = await this.coachFor(tx, person, input);
        const client = await this.newFiles.open(tx, input, { coachId, openedBy: person.userId });
        if (isCoachOf(person, client)) await this.intakes.write(tx, client, input);
        return this.told(tx, person, client);
      },
      (tx, id) => this.load(tx, person, id),
    );
  }

  async list(person: Person, { status, limit, cursor }: ClientQuery): Promise<Page<Client>> {
    const after = cursor ? fromCursor(cursor, [/^[^\0]*$/, UUID]) : undefined;
    const clients = await this.tenant.read(person, (tx) =>
      clientsPage(tx, visibleFiles(person), { status, after, limit: limit + 1 }),
    );
    const clientIds = clients.slice(0, limit).map(({ id }) => id);
    await this.audit.witness(person, { event: 'clients.listed', clientIds, rowCount: clientIds.length });
    return pageOf(
      clients,
      limit,
      ({ sortName, id }) => [sortName, id],
      (client) => client,
    );
  }

  async read(person: Person, id: string): Promise<ClientFile> {
    const file = await this.tenant.read(person, (tx) => this.load(tx, person, id));
    await this.audit.witness(person, { event: 'client.read', ...about(file.client) });
    return file;
  }

  change(person: Person, id: string, input: ChangeClient, version?: number): Promise<ClientFile> {
    return this.tenant.change(person, async (tx) => {
      const client = await this.files.visible(tx, person, id, 'for update');
      expectVersion(client, version);
      client.expectOpen();
      const { name, email, phone, company, language } = input;
      Object.assign(client, given({ name, email, phone, company, language }));
      if (isCoachOf(person, client)) await this.intakes.write(tx, client, input);
      else this.refuseIntake(input);
      this.audit.record(tx, { event: 'client.changed', ...about(client) });
      await saveAsNewVersion(tx, client);
      return this.told(tx, person, client);
    });
  }

  move(person: Person, id: string, move: Move): Promise<ClientFile> {
    return this.tenant.once(
      person,
      async (tx) => {
        const client = await this.files.visible(tx, person, id, 'for update');
        client[move]();
        await tx.manager.save(client);
        this.audit.record(tx, { event: `client.${MOVED[move]}`, ...about(client) });
        return this.told(tx, person, client);
      },
      (tx) => this.load(tx, person, id),
    );
  }

  /** Mails the client an invitation to the portal; again, when the first was lost. */
  invite(person: Person, id: string): Promise<ClientFile> {
    return this.tenant.once(
      person,
      async (tx) => {
        const client = await this.files.visible(tx, person, id, 'for update');
        client.expectOpen();
        if (!client.email) throw noAddressToInvite();
        if (client.userId) throw alreadyAccepted();
        client.invitedAt = this.clock.now();
        await tx.manager.save(client);
        await this.jobs.enqueue(tx, 'mail-invitation', { practiceId: tx.practiceId, clientId: id });
        this.audit.record(tx, { event: 'client.invited', ...about(client) });
        return this.told(tx, person, client);
      },
      (tx) => this.load(tx, person, id),
    );
  }

  /** A coach opens files of their own; an admin opens one for a coach, and records no stress. */
  private async coachFor(tx: Tx, person: Person, input: OpenFile): Promise<string> {
    const coachId = input.coachId ?? (isCoach(person) ? person.userId : undefined);
    if (!coachId) throw coachNeeded();
    if (coachId === person.userId && isCoach(person)) return coachId;
    if (!isAdmin(person)) throw unknownCoach();
    this.refuseIntake(input);
    const coach = await tx.manager.findOneBy(User, { practiceId: tx.practiceId, id: coachId });
    if (!coach?.isCoach || coach.isDisabled) throw unknownCoach();
    return coachId;
  }

  private refuseIntake(input: OpenFile | ChangeClient): void {
    const fields = intakeFields(input);
    if (fields.length > 0) throw onlyTheCoachRecords(fields);
  }

  private async load(tx: Tx, person: Person, id: string): Promise<ClientFile> {
    return this.told(tx, person, await this.files.visible(tx, person, id));
  }

  private async told(tx: Tx, person: Person, client: Client): Promise<ClientFile> {
    if (!isCoachOf(person, client)) return { id: client.id, client };
    return { id: client.id, client, intake: await this.intakes.read(tx, client) };
  }
}

const about = ({ id }: Client) => ({ clientId: id, objectType: 'client', objectId: id });
