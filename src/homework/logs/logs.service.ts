import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { isCoachOf } from '../../clients/client-files.js';
import { ClientKeys } from '../../clients/client-keys.js';
import type { Person } from '../../common/actor.js';
import { DAY, fromCursor, type Page, pageOf, UUID } from '../../common/page.js';
import type { PageQuery } from '../../common/page.dto.js';
import { Tenant } from '../../database/tenant.js';
import type { Tx } from '../../database/tx.js';
import { AssignmentFiles } from '../assignments/assignment-files.js';
import { type LogRecord, type LogRow, logsPage, recordOf } from './log.queries.js';

/** Logs of one assignment, and what their reader is of the file. */
export interface ReadLogs extends Page<LogRecord> {
  readonly reader: 'coach' | 'admin';
}

/** What others than the client see of logs. */
@Injectable()
export class LogsService {
  constructor(
    private readonly tenant: Tenant,
    private readonly assignments: AssignmentFiles,
    private readonly keys: ClientKeys,
    private readonly audit: Audit,
  ) {}

  /**
   * For the file's coach the logs that are shared with them, a remark only where all is shared; that there are
   * others is not told. For an admin which exercise was logged, when and with what outcome.
   */
  async list(person: Person, assignmentId: string, { limit, cursor }: PageQuery): Promise<ReadLogs> {
    const after = cursor ? fromCursor(cursor, [DAY, UUID]) : undefined;
    const { logs, reader, clientId } = await this.tenant.read(person, async (tx) => {
      const assignment = await this.assignments.visible(tx, person, assignmentId);
      const { clientId } = assignment;
      const isCoach = isCoachOf(person, assignment);
      const which = { clientId, assignmentId, isShared: isCoach };
      const rows = await logsPage(tx, which, { after, limit: limit + 1 });
      const reader: ReadLogs['reader'] = isCoach ? 'coach' : 'admin';
      return { logs: await this.opened(tx, clientId, rows, reader), reader, clientId };
    });
    const rowCount = Math.min(logs.length, limit);
    await this.audit.witness(person, { event: 'logs.listed', clientId, rowCount });
    const page = pageOf(
      logs,
      limit,
      ({ doneOn, id }) => [doneOn, id],
      (log) => log,
    );
    return { ...page, reader };
  }

  private async opened(
    tx: Tx,
    clientId: string,
    rows: readonly LogRow[],
    reader: ReadLogs['reader'],
  ): Promise<LogRecord[]> {
    const shared = (row: LogRow): boolean =>
      reader === 'coach' && row.sharing === 'all' && row.remark !== null;
    if (!rows.some(shared)) return rows.map((row) => recordOf(row));
    const file = await this.keys.open(tx, clientId);
    return rows.map((row) => recordOf(row, shared(row) ? file : undefined));
  }
}
