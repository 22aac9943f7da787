import { HttpStatus, Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { ClientFiles, ownFile } from '../../clients/client-files.js';
import { ClientKeys } from '../../clients/client-keys.js';
import type { Person } from '../../common/actor.js';
import type { FileCipher } from '../../common/cipher/file-cipher.js';
import { Clock } from '../../common/clock.js';
import { parse } from '../../common/http/validation.js';
import { newId } from '../../common/id.js';
import type { Bilingual } from '../../common/language.js';
import { Problem } from '../../common/problem.js';
import { notFound } from '../../common/problems.js';
import { Tenant } from '../../database/tenant.js';
import type { Tx } from '../../database/tx.js';
import type { Practice } from '../../practices/practice.entity.js';
import { PracticesService } from '../../practices/practices.service.js';
import { AssignmentFiles } from '../assignments/assignment-files.js';
import type { Assignment } from '../assignments/assignment.entity.js';
import { helpFor } from './help.js';
import type { LogContent } from './log-content.js';
import { BatchedLog } from './log.dto.js';
import { findLogs, lastSharing, type LogRecord, recordOf } from './log.queries.js';
import { LogWriter, type NewLog } from './log-writer.js';
import { TensionAlarm } from './tension-alarm.js';
import { type Known, weighLog } from './weigh-log.js';

/** What became of one log of a batch: how it stands now, or why it was not kept. */
export type Answered =
  | { readonly status: HttpStatus; readonly log: LogRecord; readonly help?: Bilingual }
  | { readonly problem: Problem };

/** What the items of one batch are held against. */
type Circumstances = Omit<Known, 'assignment' | 'stands'>;

interface Correction {
  readonly assignment: Assignment;
  readonly stands: LogRecord;
  readonly content: LogContent;
}

/** What a phone kept while it had no connection, told at once. */
@Injectable()
export class OwnLogBatchesService {
  constructor(
    private readonly tenant: Tenant,
    private readonly files: ClientFiles,
    private readonly keys: ClientKeys,
    private readonly assignments: AssignmentFiles,
    private readonly practices: PracticesService,
    private readonly writer: LogWriter,
    private readonly alarm: TensionAlarm,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Each log is kept or refused by itself, in the order they were sent, and all that is kept is kept in one
   * transaction. Sent a second time with its `Idempotency-Key`, what was kept is told as it stands by then, and is
   * not written over.
   */
  async write(person: Person, logs: readonly object[]): Promise<readonly Answered[]> {
    const parsed = await Promise.all(logs.map((log) => orProblem(() => parse(BatchedLog, log))));
    const { answers } = await this.tenant.once(
      person,
      (tx) => this.writeAll(tx, person, parsed, { isRepeat: false }),
      (tx) => this.writeAll(tx, person, parsed, { isRepeat: true }),
    );
    return answers;
  }

  private async writeAll(
    tx: Tx,
    person: Person,
    parsed: readonly (BatchedLog | Problem)[],
    { isRepeat }: { isRepeat: boolean },
  ): Promise<{ id: string; answers: readonly Answered[] }> {
    const { clientId } = ownFile(person);
    const asked = parsed.filter((one) => one instanceof BatchedLog);
    // The file is held until the end, so that nobody writes one of these logs meanwhile.
    const [client, file, rows, shared, practice, assignments] = await Promise.all([
      this.files.own(tx, person, 'for update'),
      this.keys.open(tx, clientId),
      findLogs(
        tx,
        clientId,
        asked.map(({ id }) => id),
      ),
      lastSharing(tx, clientId),
      this.practices.own(tx),
      this.assignments.ownAmong(
        tx,
        person,
        asked.map(({ assignmentId }) => assignmentId),
      ),
    ]);
    const now = this.clock.now();
    const { timeZone } = practice;
    const batch = new Batch({ client, timeZone, now, shared }, assignments, isRepeat);
    for (const row of rows) batch.standing.set(row.id, recordOf(row, file));
    const answers = parsed.map((one) => (one instanceof Problem ? { problem: one } : batch.answer(one)));
    await this.keep(tx, file, batch);
    await this.alarm.watch(tx, practice, [...batch.firsts, ...batch.corrections]);
    return { id: newId(now), answers: answers.map((answer) => withHelp(answer, practice)) };
  }

  private async keep(tx: Tx, file: FileCipher, { firsts, corrections, beyond }: Batch): Promise<void> {
    await this.writer.insertAll(tx, file, firsts);
    for (const { assignment, stands, content } of corrections) {
      await this.writer.correct(tx, file, assignment, stands, content);
    }
    const of = ({ clientId }: Assignment, objectId: string) => ({ clientId, objectType: 'log', objectId });
    for (const { assignment, id } of firsts) {
      this.audit.record(tx, { event: 'log.written', ...of(assignment, id) });
    }
    for (const { assignment, stands } of corrections) {
      this.audit.record(tx, { event: 'log.corrected', ...of(assignment, stands.id) });
    }
    // Somebody who asks for what is not theirs is kept, here as anywhere.
    for (const objectId of beyond) {
      const ground = 'POST /v1/me/logs/batch';
      this.audit.record(tx, { event: 'request.refused', outcome: 'refused', ground, objectId });
    }
  }
}

/** Decides of each log in turn, so that the second of two with one id corrects the first. */
class Batch {
  readonly standing = new Map<string, LogRecord>();
  readonly firsts: NewLog[] = [];
  readonly corrections: Correction[] = [];
  /** Assignments that were named and are not the client's. */
  readonly beyond = new Set<string>();

  constructor(
    private circumstances: Circumstances,
    private readonly assignments: readonly Assignment[],
    private readonly isRepeat: boolean,
  ) {}

  answer(input: BatchedLog): Answered {
    try {
      return this.taken(input);
    } catch (error) {
      if (error instanceof Problem) return { problem: error };
      throw error;
    }
  }

  private taken({ id, assignmentId, version, ...input }: BatchedLog): Answered {
    const assignment = this.assignments.find((one) => one.id === assignmentId);
    if (!assignment) {
      this.beyond.add(assignmentId);
      throw notFound();
    }
    const stands = this.standing.get(id);
    if (this.isRepeat && stands?.assignmentId === assignmentId) {
      return { status: HttpStatus.OK, log: stands };
    }
    const { content, isSame } = weighLog({ ...this.circumstances, assignment, stands }, input, version);
    this.circumstances = { ...this.circumstances, shared: content.sharing };
    if (stands && isSame) return { status: HttpStatus.OK, log: stands };
    if (stands) this.corrections.push({ assignment, stands, content });
    else this.firsts.push({ assignment, id, content });
    const loggedAt = this.circumstances.now;
    const log = { id, assignmentId, ...content, loggedAt, version: (stands?.version ?? 0) + 1 };
    this.standing.set(id, log);
    return { status: stands ? HttpStatus.OK : HttpStatus.CREATED, log };
  }
}

const withHelp = (answer: Answered, practice: Practice): Answered =>
  'log' in answer ? { ...answer, help: helpFor(answer.log, practice) } : answer;

async function orProblem<T>(work: () => Promise<T>): Promise<T | Problem> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}
