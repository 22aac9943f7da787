import { pipeline, type Readable } from 'node:stream';
import { Injectable, Logger } from '@nestjs/common';
import { Audit } from '../audit/audit.js';
import { type Actor, type Person, type SystemTask, taskFor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { loggedError } from '../common/logged-error.js';
import { Streams } from '../database/streams.js';
import { Tenant } from '../database/tenant.js';
import { PracticesService } from '../practices/practices.service.js';
import { expectOfPractice } from './expect-of-practice.js';
import type { StreamQuery } from './export.dto.js';
import { Export } from './export.entity.js';
import { expectColumns, expectPeriod } from './export.errors.js';
import { rowsAs } from './formats/rows.js';
import { Measure } from './formats/measure.js';
import { copyStatement } from './records/copy-statement.js';
import type { RowKind } from './records/record-kinds.js';
import { ExportRun, Overtaken } from './export-run.js';
import type { Download } from './export-files.js';

/** Exports that go straight to who asked, for scripts: nothing is kept but the record that they went, and why. */
@Injectable()
export class ExportStreamsService {
  private readonly logger = new Logger(ExportStreamsService.name);

  constructor(
    private readonly tenant: Tenant,
    private readonly streams: Streams,
    private readonly practices: PracticesService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /** Nothing leaves before it is on record that it will, nor does the last of it before it is on record how much it was. */
  async stream(person: Person, records: RowKind, query: StreamQuery): Promise<Download> {
    expectPeriod(query);
    const columns = query.columns?.split(',');
    expectColumns(records, columns);
    const now = this.clock.now();
    const copy = Export.askedBy(person, { ...query, columns, records, format: 'csv' }, now);
    copy.start(now);
    const { timeZone } = await this.practices.read(person);
    const statement = copyStatement(copy, timeZone, 'as they lie');
    const source = await this.streams.copy(readerFor(person), statement);
    try {
      await this.record(person, copy, query);
    } catch (error) {
      source.destroy();
      throw error;
    }
    return { copy, content: this.follow(person, copy, source) };
  }

  private record(person: Person, copy: Export, query: StreamQuery): Promise<void> {
    return this.tenant.change(person, async (tx) => {
      await expectOfPractice(tx, query);
      await tx.manager.insert(Export, copy);
      this.audit.record(tx, { event: 'export.streamed', ...about(copy) });
    });
  }

  private follow(person: Person, copy: Export, source: Readable): Readable {
    // As a task: that it went is recorded also when the person's login ends meanwhile.
    const task: SystemTask = { practiceId: person.practiceId, task: 'export', origin: person.origin };
    const run = new ExportRun(this.tenant, task, this.clock, copy);
    const rows = rowsAs(copy);
    const content: Measure = new Measure({
      passing: () => run.report(rows.rows),
      passed: async () => {
        const result = { rows: rows.rows, bytes: content.bytes, sha256: content.sha256 };
        await run.step((now) => now.finishStream(result, this.clock.now()));
        await this.audit.witness(person, {
          event: 'export.streamed',
          ...about(copy),
          rowCount: rows.rows,
          ground: `sha256:${content.sha256}`,
        });
      },
    });
    run.beat((error) => source.destroy(error));
    pipeline(source, rows, content, (error) => {
      run.rest();
      if (error) void this.breakOff(person, run, rows.rows, error);
    });
    return content;
  }

  /** Who asked hung up, or the database did; what was sent by then has left all the same. */
  private async breakOff(person: Person, run: ExportRun, rows: number, reason: Error): Promise<void> {
    this.logger.warn({ export: run.copy.id, rows, err: loggedError(reason) });
    try {
      if (!(reason instanceof Overtaken)) {
        await run.step((copy) => {
          copy.rowsDone = rows;
          copy.fail('broken_off', this.clock.now());
        });
      }
      const event = { event: 'export.streamed', ...about(run.copy), rowCount: rows };
      await this.audit.witness(person, { ...event, outcome: 'failed' });
    } catch (error) {
      this.logger.error({ export: run.copy.id, err: loggedError(error) });
    }
  }
}

/** For a script the database itself opens no more than an export may see, whatever its owner may. */
const readerFor = (person: Person): Actor => (person.scopes ? taskFor(person, 'export') : person);

const about = ({ id }: Export) => ({ objectType: 'export', objectId: id });
