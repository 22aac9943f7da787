import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { ClientFiles, ownFile } from '../../clients/client-files.js';
import { ClientKeys } from '../../clients/client-keys.js';
import type { Person } from '../../common/actor.js';
import { Clock } from '../../common/clock.js';
import type { Bilingual } from '../../common/language.js';
import { DAY, fromCursor, type Page, pageOf, UUID } from '../../common/page.js';
import type { PageQuery } from '../../common/page.dto.js';
import { Tenant } from '../../database/tenant.js';
import { PracticesService } from '../../practices/practices.service.js';
import { AssignmentFiles } from '../assignments/assignment-files.js';
import { helpFor } from './help.js';
import type { WriteLog } from './log.dto.js';
import { findLog, lastSharing, type LogRecord, logsPage, recordOf } from './log.queries.js';
import { LogWriter } from './log-writer.js';
import { TensionAlarm } from './tension-alarm.js';
import { weighLog } from './weigh-log.js';

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
    private readonly alarm: TensionAlarm,
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
      const stands = row && recordOf(row, file);
      const now = this.clock.now();
      const { timeZone } = practice;
      const known = { client, assignment, timeZone, now, stands, shared };
      const { content, isSame } = weighLog(known, input, version);
      const help = helpFor(content, practice);
      if (stands && isSame) return { log: stands, isNew: false, help };
      const log = stands
        ? await this.writer.correct(tx, file, assignment, stands, content)
        : await this.writer.insert(tx, file, assignment, id, content);
      this.audit.record(tx, {
        event: stands ? 'log.corrected' : 'log.written',
        clientId: client.id,
        objectType: 'log',
        objectId: id,
      });
      await this.alarm.watch(tx, practice, [{ assignment, content, stands }]);
      return { log, isNew: !stands, help };
    });
  }
}
