import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import type { Client } from '../../clients/client.entity.js';
import { ClientFiles, ownFile } from '../../clients/client-files.js';
import { ClientKeys } from '../../clients/client-keys.js';
import type { Person } from '../../common/actor.js';
import { Clock } from '../../common/clock.js';
import type { Bilingual } from '../../common/language.js';
import { dayIn } from '../../common/day.js';
import { DAY, fromCursor, type Page, pageOf, UUID } from '../../common/page.js';
import type { PageQuery } from '../../common/page.dto.js';
import { stale } from '../../common/problems.js';
import { expectVersion } from '../../common/version.js';
import { Tenant } from '../../database/tenant.js';
import type { Tx } from '../../database/tx.js';
import { Jobs } from '../../jobs/jobs.js';
import { PracticesService } from '../../practices/practices.service.js';
import type { Assignment } from '../assignments/assignment.entity.js';
import { AssignmentFiles } from '../assignments/assignment-files.js';
import { planOf } from '../assignments/occurrences.js';
import { helpFor, isAlarming } from './help.js';
import { contentOf, isSame, type LogContent } from './log-content.js';
import type { WriteLog } from './log.dto.js';
import { logIdTaken } from './log.errors.js';
import { findLog, lastSharing, type LogRecord, logsPage, recordOf } from './log.queries.js';
import { LogWriter } from './log-writer.js';
import { expectLoggable } from './loggable.js';

/** A log, and whether it was not there before. */
export interface WrittenLog {
  readonly log: LogRecord;
  readonly isNew: boolean;
  /** Where to find help, where the tension afterwards is very high. */
  readonly help?: Bilingual;
}

/** What a client keeps of their own exercises. */
@Injectable()
export class OwnLogsService {
  constructor(
    private readonly tenant: Tenant,
    private readonly files: ClientFiles,
    private readonly keys: ClientKeys,
    private readonly assignments: AssignmentFiles,
    private readonly practices: PracticesService,
    private readonly writer: LogWriter,
    private readonly audit: Audit,
    private readonly clock: Clock,
    private readonly jobs: Jobs,
  ) {}

  async list(person: Person, assignmentId: string, { limit, cursor }: PageQuery): Promise<Page<LogRecord>> {
    const after = cursor ? fromCursor(cursor, [DAY, UUID]) : undefined;
    const { clientId } = ownFile(person);
    const logs = await this.tenant.read(person, async (tx) => {
      await this.assignments.own(tx, person, assignmentId);
      const rows = await logsPage(
        tx,
        { clientId, assignmentId, isShared: false },
        { after, limit: limit + 1 },
      );
      const file = await this.keys.open(tx, clientId);
      return rows.map((row) => recordOf(row, file));
    });
    const rowCount = Math.min(logs.length, limit);
    await this.audit.witness(person, { event: 'logs.listed', clientId, rowCount });
    return pageOf(
      logs,
      limit,
      ({ doneOn, id }) => [doneOn, id],
      (log) => log,
    );
  }

  /**
   * Writes a log by the id that the client chose: the first time it is made, told again it stays as it is, told
   * otherwise it is corrected.
   * @throws Problem 409 `file-closed`, `consent-required`, `log-id-taken`, `wrong-state`; 412 `stale`; 422
   */
  write(
    person: Person,
    assignmentId: string,
    id: string,
    input: WriteLog,
    version?: number,
  ): Promise<WrittenLog> {
    return this.tenant.change(person, async (tx) => {
      const { clientId } = ownFile(person);
      // The file is held until the end: of two that come at once, the second finds what the first wrote.
      const [client, assignment, file, row, shared, practice] = await Promise.all([
        this.files.own(tx, person, 'for update'),
        this.assignments.own(tx, person, assignmentId),
        this.keys.open(tx, clientId),
        findLog(tx, clientId, id),
        lastSharing(tx, clientId),
        this.practices.own(tx),
      ]);
      if (row && row.assignmentId !== assignmentId) throw logIdTaken();
      const stands = row && recordOf(row, file);
      if (!stands && version !== undefined) throw stale();
      if (stands) expectVersion(stands, version);
      const content = contentOf(input, stands?.sharing ?? shared ?? 'numbers');
      if (stands && isSame(contentOfRecord(stands), content)) {
        return { log: stands, isNew: false, help: helpFor(content, practice) };
      }
      this.expectWritable(client, assignment, practice.timeZone, content, stands);
      const log = stands
        ? await this.writer.correct(tx, file, assignment, stands, content)
        : await this.writer.insert(tx, file, assignment, id, content);
      this.audit.record(tx, {
        event: stands ? 'log.corrected' : 'log.written',
        clientId: client.id,
        objectType: 'log',
        objectId: id,
      });
      if (isAlarming(content, practice) && !(stands && isAlarming(stands, practice))) {
        await this.alarm(tx, assignment);
      }
      return { log, isNew: !stands, help: helpFor(content, practice) };
    });
  }

  /** Lets the file's coach know that there is something to read, and not what. */
  private async alarm(tx: Tx, { clientId, coachId }: Assignment): Promise<void> {
    const { practiceId } = tx;
    await this.jobs.enqueue(tx, 'mail-tension-alarm', { practiceId, userId: coachId, clientId });
    this.audit.record(tx, { event: 'alarm.raised', clientId, objectType: 'user', objectId: coachId });
  }

  /** A correction that leaves the day alone may come at any time; a day that is told anew lies close by. */
  private expectWritable(
    client: Client,
    assignment: Assignment,
    timeZone: string,
    { doneOn }: LogContent,
    stands: LogRecord | undefined,
  ): void {
    client.expectWritable();
    if (stands?.doneOn === doneOn) return;
    // A pause is no reason not to have done it, so pauses are left out.
    expectLoggable(assignment, planOf(assignment, [], timeZone), doneOn, dayIn(timeZone, this.clock.now()));
  }
}

/** What the client told, without what was noted about it. */
function contentOfRecord({
  id: _id,
  assignmentId: _of,
  loggedAt: _at,
  version: _v,
  ...content
}: LogRecord): LogContent {
  return content;
}
