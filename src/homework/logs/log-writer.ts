import { Injectable } from '@nestjs/common';
import type { FileCipher } from '../../common/cipher/file-cipher.js';
import { Clock } from '../../common/clock.js';
import type { Tx } from '../../database/tx.js';
import type { Assignment } from '../assignments/assignment.entity.js';
import type { LogContent } from './log-content.js';
import { LogCorrection } from './log-correction.entity.js';
import { LogDetails } from './log-details.entity.js';
import { Log } from './log.entity.js';
import { type LogRecord, remarkOf } from './log.queries.js';
import { LogRemark } from './log-remark.entity.js';

/** A log that its client tells for the first time. */
export interface NewLog {
  readonly assignment: Assignment;
  readonly id: string;
  readonly content: LogContent;
}

/** Puts a log in its tables: what happened, what was noticed, and what was said about it, each with its own readers. */
@Injectable()
export class LogWriter {
  constructor(private readonly clock: Clock) {}

  async insert(
    tx: Tx,
    file: FileCipher,
    { practiceId, clientId, coachId, id: assignmentId }: Assignment,
    id: string,
    content: LogContent,
  ): Promise<LogRecord> {
    const loggedAt = this.clock.now();
    const { doneOn, outcome, sharing } = content;
    const whose = { practiceId, clientId, coachId };
    await Promise.all([
      tx.manager.insert(Log, { ...whose, id, assignmentId, doneOn, outcome, sharing, loggedAt }),
      tx.manager.insert(LogDetails, { ...whose, logId: id, ...detailsOf(content) }),
      this.insertRemark(tx, file, whose, id, content, 1),
    ]);
    return { id, assignmentId, ...content, loggedAt, version: 1 };
  }

  /** Several logs that were not there before, in as many statements as one. */
  async insertAll(tx: Tx, file: FileCipher, logs: readonly NewLog[]): Promise<LogRecord[]> {
    const loggedAt = this.clock.now();
    const records = logs.map(({ assignment, id, content }) => ({
      whose: whoseOf(assignment),
      log: { id, assignmentId: assignment.id, ...content, loggedAt, version: 1 },
    }));
    const remarks = records.flatMap(({ whose, log: { id: logId, remark, sharing, version } }) =>
      remark === null
        ? []
        : [{ ...whose, logId, sharing, remark: file.seal(remarkOf(logId, version), remark), version }],
    );
    const heads = records.map(({ whose, log: { id, assignmentId, doneOn, outcome, sharing } }) => ({
      ...whose,
      ...{ id, assignmentId, doneOn, outcome, sharing, loggedAt },
    }));
    const details = records.map(({ whose, log }) => ({ ...whose, logId: log.id, ...detailsOf(log) }));
    if (records.length > 0) {
      await tx.manager.insert(Log, heads);
      await tx.manager.insert(LogDetails, details);
    }
    if (remarks.length > 0) await tx.manager.insert(LogRemark, remarks);
    return records.map(({ log }) => log);
  }

  /** Replaces what stood and keeps it, sealed, with the log. */
  async correct(
    tx: Tx,
    file: FileCipher,
    { practiceId, clientId, coachId }: Assignment,
    stands: LogRecord,
    content: LogContent,
  ): Promise<LogRecord> {
    const { id, assignmentId } = stands;
    const loggedAt = this.clock.now();
    const version = stands.version + 1;
    const { doneOn, outcome, sharing } = content;
    const whose = { practiceId, clientId, coachId };
    await this.keep(tx, file, whose, stands, loggedAt);
    await tx.manager.update(Log, { practiceId, clientId, id }, { doneOn, outcome, sharing, loggedAt });
    const key = { practiceId, clientId, logId: id };
    await tx.manager.update(LogDetails, key, detailsOf(content));
    await tx.manager.delete(LogRemark, key);
    await this.insertRemark(tx, file, whose, id, content, version);
    return { id, assignmentId, ...content, loggedAt, version };
  }

  private async insertRemark(
    tx: Tx,
    file: FileCipher,
    whose: Whose,
    logId: string,
    { remark, sharing }: LogContent,
    version: number,
  ): Promise<void> {
    if (remark === null) return;
    const sealed = file.seal(remarkOf(logId, version), remark);
    await tx.manager.insert(LogRemark, { ...whose, logId, sharing, remark: sealed, version });
  }

  private async keep(
    tx: Tx,
    file: FileCipher,
    whose: Whose,
    { id, version, ...stood }: LogRecord,
    correctedAt: Date,
  ): Promise<void> {
    const place = { column: 'log_corrections.stood', row: id, version };
    await tx.manager.insert(LogCorrection, {
      ...whose,
      logId: id,
      version,
      stood: file.seal(place, JSON.stringify(stood)),
      correctedAt,
    });
  }
}

type Whose = Pick<Log, 'practiceId' | 'clientId' | 'coachId'>;

const whoseOf = ({ practiceId, clientId, coachId }: Whose): Whose => ({ practiceId, clientId, coachId });

const detailsOf = ({ sharing, minutes, tensionBefore, tensionAfter, recoverySignals }: LogContent) => ({
  sharing,
  minutes,
  tensionBefore,
  tensionAfter,
  recoverySignals,
});
