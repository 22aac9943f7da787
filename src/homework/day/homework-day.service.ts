import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { ownFile } from '../../clients/client-files.js';
import { ClientKeys } from '../../clients/client-keys.js';
import type { Person } from '../../common/actor.js';
import type { FileCipher } from '../../common/cipher/file-cipher.js';
import { Clock } from '../../common/clock.js';
import type { Language } from '../../common/language.js';
import { Tenant } from '../../database/tenant.js';
import { placeOf } from '../assignments/assignment-messages.js';
import { expectedOn, isForDay, isPausedOn, planOf } from '../assignments/occurrences.js';
import type { Moment } from '../exercises/exercise.entity.js';
import { type LogRecord, recordOf } from '../logs/log.queries.js';
import { type DayRow, homeworkDay, type ItemRow } from './homework-day.queries.js';

/** An exercise on a day: what it is, what is meant by it this day, and what was done. */
export interface DayItem {
  readonly assignmentId: string;
  readonly moment: Moment;
  readonly exercise: ItemRow['exercise'];
  readonly message?: string;
  readonly isPaused: boolean;
  /** Nothing is said of a free rhythm, nor of what rests. */
  readonly expected?: number;
  readonly logs: readonly LogRecord[];
}

export interface ClientDay {
  readonly on: string;
  readonly items: readonly DayItem[];
}

/** A client's day, without pressure. */
@Injectable()
export class HomeworkDayService {
  constructor(
    private readonly tenant: Tenant,
    private readonly keys: ClientKeys,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async read(person: Person, on: string | undefined, language: Language): Promise<ClientDay> {
    const { clientId } = ownFile(person);
    const now = this.clock.now();
    const [day, file] = await this.tenant.read(person, (tx) =>
      Promise.all([homeworkDay(tx, { clientId, on, now, language }), this.keys.open(tx, clientId)]),
    );
    const items = day.items.flatMap((row) => itemOf(row, day, file) ?? []);
    await this.audit.witness(person, { event: 'homework.read', clientId, rowCount: items.length });
    return { on: day.on, items };
  }
}

/** An exercise as the day has it; nothing where the day has none of it, and nothing was logged all the same. */
function itemOf(row: ItemRow, { on, timeZone }: DayRow, file: FileCipher): DayItem | undefined {
  const pauses = row.pauses.map(({ pausedAt, resumedAt }) => ({
    pausedAt: new Date(pausedAt),
    resumedAt: resumedAt === null ? null : new Date(resumedAt),
  }));
  const endedAt = row.endedAt === null ? null : new Date(row.endedAt);
  const plan = planOf({ ...row, endedAt }, pauses, timeZone);
  if (!isForDay(plan, on)) return undefined;
  const isPaused = isPausedOn(plan, on);
  const expected = isPaused ? undefined : expectedOn(plan, on);
  if (expected === 0 && row.logs.length === 0) return undefined;
  const { id, moment, exercise, message, messageVersion } = row;
  return {
    assignmentId: id,
    moment,
    exercise,
    ...(message !== null && {
      message: file.open(placeOf(id, messageVersion!), Buffer.from(message, 'base64')),
    }),
    isPaused,
    ...(expected !== undefined && { expected }),
    logs: row.logs.map((log) => recordOf(log, file)),
  };
}
