import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import type { Client } from '../clients/client.entity.js';
import { unknownCoach } from '../clients/client.errors.js';
import { ClientFiles } from '../clients/client-files.js';
import { ClientIntake } from '../clients/client-intake.js';
import { NewFiles } from '../clients/new-files.js';
import { type Person, taskFor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { dayIn } from '../common/day.js';
import { fromCursor, type Page, pageOf, UUID } from '../common/page.js';
import { notFound } from '../common/problems.js';
import { expectVersion } from '../common/version.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { PracticeKeys } from '../practices/practice-keys.js';
import { PracticesService } from '../practices/practices.service.js';
import { User } from '../users/user.entity.js';
import type { AcceptIntakeRequest, IntakeRequestQuery } from './intake-request.dto.js';
import { IntakeRequest } from './intake-request.entity.js';
import type { OpenedRequest } from './intake-request.view.js';
import { openWords } from './intake-words.js';

/** What came in by the form on the website, for the coaches and admins of the practice. */
@Injectable()
export class IntakeRequestsService {
  constructor(
    private readonly tenant: Tenant,
    private readonly keys: PracticeKeys,
    private readonly practices: PracticesService,
    private readonly newFiles: NewFiles,
    private readonly intakes: ClientIntake,
    private readonly files: ClientFiles,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Newest first. */
  async list(person: Person, { status, limit, cursor }: IntakeRequestQuery): Promise<Page<OpenedRequest>> {
    const after = cursor && fromCursor(cursor, [UUID])[0];
    const opened = await this.tenant.read(person, async (tx) => {
      const found = tx.manager
        .createQueryBuilder(IntakeRequest, 'r')
        .where('r.practiceId = :practiceId', { practiceId: tx.practiceId })
        .orderBy('r.id', 'DESC')
        .limit(limit + 1);
      if (status) found.andWhere('r.status = :status', { status });
      if (after) found.andWhere('r.id < :after', { after });
      return this.opened(tx, await found.getMany());
    });
    const rowCount = Math.min(opened.length, limit);
    await this.audit.witness(person, { event: 'intake_requests.listed', rowCount });
    return pageOf(
      opened,
      limit,
      ({ id }) => [id],
      (one) => one,
    );
  }

  /**
   * Makes who asked a prospect of a coach of the practice: their file, the consent they gave with the form, and what
   * they wrote as their question. The system task `intake` does it, since an admin sees no questions of clients.
   * @throws Problem 409 `wrong-state`, 422 `unknown-coach`
   */
  async accept(
    person: Person,
    id: string,
    { coachId }: AcceptIntakeRequest,
    version?: number,
  ): Promise<{ id: string; client: Client }> {
    return this.tenant.once(
      taskFor(person, 'intake'),
      async (tx) => {
        const request = await this.load(tx, id, version);
        const [opened] = await this.opened(tx, [request]);
        request.accept(person.userId, this.clock.now());
        await this.expectCoach(tx, coachId);
        const { message, ...who } = opened!.words!;
        const consent = { channel: 'portal', ...(await this.given(tx, request)) } as const;
        const client = await this.newFiles.open(
          tx,
          { ...who, consent },
          { coachId, openedBy: person.userId },
        );
        await this.intakes.write(tx, client, { ...who, question: message });
        await tx.manager.save(request);
        this.audit.record(tx, { event: 'intake_request.accepted', clientId: client.id, ...about(request) });
        return { id: client.id, client };
      },
      async (tx, clientId) => ({ id: clientId, client: await this.files.inPractice(tx, clientId) }),
    );
  }

  /** Nothing is kept of what it said. @throws Problem 409 `wrong-state` */
  refuse(person: Person, id: string, version?: number): Promise<OpenedRequest> {
    return this.tenant.once(
      person,
      async (tx) => {
        const request = await this.load(tx, id, version);
        request.refuse(person.userId, this.clock.now());
        await tx.manager.save(request);
        this.audit.record(tx, { event: 'intake_request.refused', ...about(request) });
        return { id, request };
      },
      async (tx) => ({ id, request: await this.load(tx, id) }),
    );
  }

  private async load(tx: Tx, id: string, version?: number): Promise<IntakeRequest> {
    const request = await tx.manager.findOne(IntakeRequest, {
      where: { practiceId: tx.practiceId, id },
      lock: { mode: 'pessimistic_write' },
    });
    if (!request) throw notFound();
    expectVersion(request, version);
    return request;
  }

  private async opened(tx: Tx, requests: readonly IntakeRequest[]): Promise<OpenedRequest[]> {
    const isSealed = requests.some(({ request }) => request !== null);
    const cipher = isSealed ? await this.keys.open(tx) : undefined;
    return requests.map((request) => {
      const words = cipher && openWords(cipher, request);
      return { id: request.id, request, ...(words && { words }) };
    });
  }

  private async expectCoach(tx: Tx, coachId: string): Promise<void> {
    const coach = await tx.manager.findOneBy(User, { practiceId: tx.practiceId, id: coachId });
    if (!coach?.isCoach || coach.isDisabled) throw unknownCoach();
  }

  /** It was given on the day that the form was sent, where the practice is. */
  private async given(tx: Tx, { receivedAt, textVersion }: IntakeRequest) {
    const { timeZone } = await this.practices.own(tx);
    return { givenOn: dayIn(timeZone, receivedAt), textVersion };
  }
}

const about = ({ id }: { id: string }) => ({ objectType: 'intake_request', objectId: id });
