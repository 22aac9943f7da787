import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { ClientFiles, ownFile } from '../../clients/client-files.js';
import { ClientKeys } from '../../clients/client-keys.js';
import type { Person } from '../../common/actor.js';
import { Clock } from '../../common/clock.js';
import { addDays, dayIn } from '../../common/day.js';
import { DAY, fromCursor, type Page } from '../../common/page.js';
import type { PageQuery } from '../../common/page.dto.js';
import { stale } from '../../common/problems.js';
import { expectVersion } from '../../common/version.js';
import { Tenant } from '../../database/tenant.js';
import { wordsOf } from '../../practices/practice-vocabulary.js';
import { PracticeVocabularyService } from '../../practices/practice-vocabulary.service.js';
import { PracticesService } from '../../practices/practices.service.js';
import { DAYS_BACK } from '../logs/loggable.js';
import { type CheckInContent, contentOf, isSame } from './check-in-content.js';
import type { WriteCheckIn } from './check-in.dto.js';
import { checkedInThatDay, stillToCome, tooLongAgo, unknownSignals } from './check-in.errors.js';
import { type CheckInRecord, checkInsPage, findCheckIns, lastSharing, recordOf } from './check-in.queries.js';
import { CheckInReader } from './check-in-reader.js';
import { CheckInWriter } from './check-in-writer.js';

/** A check-in, and whether it was not there before. */
export interface WrittenCheckIn {
  readonly checkIn: CheckInRecord;
  readonly isNew: boolean;
}

/** How it goes, by a client's own account. Nobody asks why there is none. */
@Injectable()
export class OwnCheckInsService {
  constructor(
    private readonly tenant: Tenant,
    private readonly files: ClientFiles,
    private readonly keys: ClientKeys,
    private readonly practices: PracticesService,
    private readonly vocabulary: PracticeVocabularyService,
    private readonly reader: CheckInReader,
    private readonly writer: CheckInWriter,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async list(person: Person, { limit, cursor }: PageQuery): Promise<Page<CheckInRecord>> {
    const after = cursor && fromCursor(cursor, [DAY])[0];
    const { clientId } = ownFile(person);
    const rows = await this.tenant.read(person, (tx) =>
      checkInsPage(tx, { clientId, isShared: false }, { after, limit: limit + 1 }),
    );
    return this.reader.page(person, clientId, rows, limit);
  }

  /**
   * Writes a check-in by the id that the client chose: the first time it is made, told again it stays as it is, told
   * otherwise it is corrected. One look a day is enough.
   * @throws Problem 409 `file-closed`, `consent-required`, `checked-in-that-day`; 412 `stale`; 422
   */
  write(person: Person, id: string, input: WriteCheckIn, version?: number): Promise<WrittenCheckIn> {
    return this.tenant.change(person, async (tx) => {
      const { clientId } = ownFile(person);
      // The file is held until the end: of two that come at once, the second finds what the first wrote.
      const [client, file, rows, shared, { timeZone }, adapted] = await Promise.all([
        this.files.own(tx, person, 'for update'),
        this.keys.open(tx, clientId),
        findCheckIns(tx, clientId, { id, on: input.on }),
        lastSharing(tx, clientId),
        this.practices.own(tx),
        this.vocabulary.adapted(tx),
      ]);
      const row = rows.find((one) => one.id === id);
      const stands = row && recordOf(row, file);
      if (!stands && version !== undefined) throw stale();
      if (stands) expectVersion(stands, version);
      const known = wordsOf('stress_signals', adapted).map(({ code }) => code);
      const unknown = input.stressSignals.filter((code) => !known.includes(code));
      if (unknown.length > 0) throw unknownSignals(unknown);
      const content = contentOf(input, known, stands?.sharing ?? shared ?? 'numbers');
      if (stands && isSame(contentOfRecord(stands), content)) return { checkIn: stands, isNew: false };
      client.expectWritable();
      if (stands?.on !== content.on) this.expectNear(content.on, timeZone);
      const thatDay = rows.find((one) => one.id !== id);
      if (thatDay) throw checkedInThatDay(thatDay.id);
      const checkIn = stands
        ? await this.writer.correct(tx, file, client, stands, content)
        : await this.writer.insert(tx, file, client, id, content);
      const about = { clientId, objectType: 'check_in', objectId: id };
      this.audit.record(tx, { event: stands ? 'check_in.corrected' : 'check_in.written', ...about });
      return { checkIn, isNew: !stands };
    });
  }

  /** What is longer ago is hard to remember as it was. */
  private expectNear(on: string, timeZone: string): void {
    const today = dayIn(timeZone, this.clock.now());
    if (on > today) throw stillToCome();
    if (on < addDays(today, -DAYS_BACK)) throw tooLongAgo(DAYS_BACK);
  }
}

/** What the client told, without what was noted about it. */
function contentOfRecord({
  id: _id,
  checkedAt: _at,
  version: _v,
  ...content
}: CheckInRecord): CheckInContent {
  return content;
}
