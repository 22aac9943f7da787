import { Injectable } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { ClientFiles } from '../clients/client-files.js';
import { isAdmin, type Person } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import type { PageQuery } from '../common/page.dto.js';
import { fromCursor, type Page, pageOf, UUID } from '../common/page.js';
import { forbidden, notFound } from '../common/problems.js';
import { expectVersion } from '../common/version.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { Jobs } from '../jobs/jobs.js';
import type { Practice } from '../practices/practice.entity.js';
import { PracticesService } from '../practices/practices.service.js';
import { User } from '../users/user.entity.js';
import { expectOfPractice } from './expect-of-practice.js';
import type { RequestExport } from './export.dto.js';
import { Export } from './export.entity.js';
import {
  expectBodies,
  expectColumns,
  expectDialect,
  expectDossier,
  expectPeriod,
  forTheClient,
  nothingToTell,
} from './export.errors.js';
import { exportIds, exportIdsFor, told, type Told, toldExports } from './export.queries.js';
import { ExportApprovals } from './export-approvals.js';
import { type Download, ExportFiles, type PartWanted } from './export-files.js';

/** An export with what a manifest says of it beside. */
export interface Described {
  readonly copy: Export;
  readonly practice: Practice;
  readonly requester: User;
}

/** Exports, as the admins of a practice ask for them, follow them and fetch them. */
@Injectable()
export class ExportsService {
  constructor(
    private readonly tenant: Tenant,
    private readonly files: ExportFiles,
    private readonly clients: ClientFiles,
    private readonly practices: PracticesService,
    private readonly approvals: ExportApprovals,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Asks for a copy of records; it is made outside this request. */
  async request(person: Person, input: RequestExport): Promise<Told> {
    expectPeriod(input);
    expectDialect(input);
    expectColumns(input.records, input.columns);
    expectBodies(input);
    expectDossier(input);
    if (!isAdmin(person) && input.records !== 'dossier') throw forbidden();
    return this.tenant.once(
      person,
      async (tx) => {
        const client = await expectOfPractice(tx, input);
        const copy = Export.askedBy(person, input, this.clock.now());
        if (copy.records === 'dossier' && client?.coachId === person.userId) copy.bodies = true;
        if (copy.bodies) await this.approvals.ask(tx, copy);
        else await tx.manager.insert(Export, copy);
        const { practiceId, id: exportId, clientId } = copy;
        if (copy.isAwaited) await this.jobs.enqueue(tx, 'run-export', { practiceId, exportId });
        this.audit.record(tx, { event: 'export.requested', ...about(copy), ...(clientId && { clientId }) });
        return told(tx, copy);
      },
      async (tx, id) => told(tx, await this.load(tx, id)),
    );
  }

  /** Newest first. Each admin sees what the others took out, and why; a coach what they are asked to approve. */
  async list(person: Person, { limit, cursor }: PageQuery): Promise<Page<Told>> {
    const before = cursor ? String(fromCursor(cursor, [UUID])[0]) : undefined;
    const asked = { ...(before && { before }), limit: limit + 1 };
    const found = await this.tenant.read(person, async (tx) => {
      if (isAdmin(person)) return toldExports(tx, idsOf(await exportIds(tx, asked)));
      return toldExports(tx, idsOf(await exportIdsFor(tx, person.userId, asked)), person.userId);
    });
    await this.audit.witness(person, { event: 'exports.listed', rowCount: Math.min(found.length, limit) });
    return pageOf(
      found,
      limit,
      ({ id }) => [id],
      (copy) => copy,
    );
  }

  /** @throws Problem 404, also for a coach who is not asked to approve it */
  async read(person: Person, id: string): Promise<Told> {
    const found = await this.look(person, id);
    await this.audit.witness(person, { event: 'export.read', ...about(found.copy) });
    return found;
  }

  /** Another look at what this person was told of before. @throws Problem 404 */
  async look(person: Person, id: string): Promise<Told> {
    const coachId = isAdmin(person) ? undefined : person.userId;
    const [found] = await this.tenant.read(person, (tx) => toldExports(tx, [id], coachId));
    if (!found || (coachId && !found.copy.approvers.includes(coachId))) throw notFound();
    return found;
  }

  /**
   * What goes beside its file.
   * @throws Problem 409 where no file was made
   */
  async manifest(person: Person, id: string): Promise<Described> {
    const described = await this.tenant.read(person, async (tx) => {
      const [copy, practice] = await Promise.all([this.load(tx, id), this.practices.own(tx)]);
      expectOwnUnlessAdmin(person, copy);
      if (!copy.hasResult) throw nothingToTell(copy.status);
      const { practiceId, requestedBy } = copy;
      return {
        copy,
        practice,
        requester: await tx.manager.findOneByOrFail(User, { practiceId, id: requestedBy }),
      };
    });
    await this.audit.witness(person, { event: 'export.read', ...about(described.copy) });
    return described;
  }

  /** Cancels what is not done yet, removes the file of what is; the record of it stays. */
  remove(person: Person, id: string, version?: number): Promise<void> {
    return this.tenant.change(person, async (tx) => {
      const copy = await this.load(tx, id, 'for update');
      expectOwnUnlessAdmin(person, copy);
      if (copy.isForClient) throw forTheClient();
      expectVersion(copy, version);
      if (!copy.isAwaited && !copy.awaitsApproval && !copy.hasFile) return;
      const event = copy.hasFile ? 'export.expired' : 'export.cancelled';
      if (copy.hasFile) copy.expire(this.clock.now());
      else copy.cancel(this.clock.now());
      // Before the commit: it may never say that a file is gone which is still there.
      await this.files.remove(copy);
      await tx.manager.save(copy);
      this.audit.record(tx, { event, ...about(copy) });
    });
  }

  /**
   * The file itself, for the admin who stated its purpose.
   * @throws Problem 404, 409 with the state it is in, 416 for a part that is not there
   */
  async download(person: Person, id: string, wanted: PartWanted): Promise<Download> {
    const copy = await this.tenant.read(person, async (tx) => {
      const found = await this.load(tx, id);
      await this.expectStillTheirs(tx, person, found);
      return found;
    });
    copy.expectFileFor(person.userId, this.clock.now());
    const rowCount = copy.rowsDone;
    return this.files.handOut(copy, wanted, () =>
      this.audit.witness(person, { event: 'export.downloaded', ...about(copy), rowCount }),
    );
  }

  /** @throws Problem 422 */
  /**
   * The dossier of a client of one's own is for who is their coach now, any other file for who is an admin now: what was
   * made before a client went to another coach, or a role was taken away, is not fetched after it.
   * @throws Problem 404
   */
  private async expectStillTheirs(tx: Tx, person: Person, copy: Export): Promise<void> {
    if (copy.requestedBy !== person.userId) return;
    if (copy.isOfOwnClient) await this.clients.ofCoach(tx, person, copy.clientId!);
    else if (!isAdmin(person)) throw notFound();
  }

  private async load(tx: Tx, id: string, lock?: 'for update'): Promise<Export> {
    const copy = await tx.manager.findOne(Export, {
      where: { practiceId: tx.practiceId, id },
      ...(lock && { lock: { mode: 'pessimistic_write' } }),
    });
    if (!copy) throw notFound();
    return copy;
  }
}

/** A coach who was asked to approve an export has no more to do with it. @throws Problem 404 */
function expectOwnUnlessAdmin(person: Person, { requestedBy }: Export): void {
  if (!isAdmin(person) && requestedBy !== person.userId) throw notFound();
}

const about = ({ id }: Export) => ({ objectType: 'export', objectId: id });
const idsOf = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);
