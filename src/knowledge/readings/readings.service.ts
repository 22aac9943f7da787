import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import { ClientFiles, ownClients, ownFile, visibleFiles } from '../../clients/client-files.js';
import type { Person } from '../../common/actor.js';
import { Clock } from '../../common/clock.js';
import { newId } from '../../common/id.js';
import { jsonPageOf, type JsonText } from '../../common/json-text.js';
import type { Language } from '../../common/language.js';
import { fromCursor, UUID } from '../../common/page.js';
import type { PageQuery } from '../../common/page.dto.js';
import { notFound } from '../../common/problems.js';
import { Tenant } from '../../database/tenant.js';
import type { Tx } from '../../database/tx.js';
import { whenViolated } from '../../database/violation.js';
import { Article } from '../articles/article.entity.js';
import { articleNotPublished } from '../articles/article.errors.js';
import { articleHtml } from '../articles/article-html.js';
import { readingText } from '../articles/article.queries.js';
import type { GiveReading, OwnReading, OwnReadingPage, ReadingPage, ReadingView } from './reading.dto.js';
import { Reading } from './reading.entity.js';
import { alreadyGiven } from './reading.errors.js';
import { ownReadingView, READING_VIEW, readingRows } from './reading.queries.js';

/** What clients are given to read. It is an offer: nobody is told whether they read it. */
@Injectable()
export class ReadingsService {
  constructor(
    private readonly tenant: Tenant,
    private readonly files: ClientFiles,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async list(person: Person, clientId: string, { limit, cursor }: PageQuery): Promise<JsonText<ReadingPage>> {
    const after = cursor && fromCursor(cursor, [UUID])[0];
    const rows = await this.tenant.read(person, async (tx) => {
      const scope = { ...visibleFiles(person), clientId };
      const [, found] = await Promise.all([
        this.files.visible(tx, person, clientId),
        readingRows<ReadingView>(tx, scope, READING_VIEW, { after, limit: limit + 1 }),
      ]);
      return found;
    });
    const rowCount = Math.min(rows.length, limit);
    await this.audit.witness(person, { event: 'readings.listed', clientId, rowCount });
    return jsonPageOf(rows, limit, ({ id }) => [id]);
  }

  /** @throws Problem 409 `file-closed`, `consent-required`, `already-given`; 422 for what is not published */
  give(person: Person, clientId: string, { articleId }: GiveReading): Promise<ReadingView> {
    return this.tenant
      .once(
        person,
        async (tx) => {
          const client = await this.files.ofCoach(tx, person, clientId, 'for update');
          client.expectWritable();
          const article = await tx.manager.findOneBy(Article, { practiceId: tx.practiceId, id: articleId });
          if (!article?.isPublished) throw articleNotPublished('/articleId');
          const now = this.clock.now();
          const reading = tx.manager.create(Reading, {
            practiceId: tx.practiceId,
            id: newId(now),
            clientId,
            coachId: client.coachId,
            articleId,
            assignedBy: person.userId,
            createdAt: now,
          });
          await tx.manager.insert(Reading, reading);
          this.audit.record(tx, { event: 'reading.given', ...about(reading) });
          return this.told(tx, person, clientId, reading.id);
        },
        (tx, id) => this.told(tx, person, clientId, id),
      )
      .catch(whenViolated({ readings_article_key: alreadyGiven }));
  }

  /** Takes it back; the client no longer finds it. */
  takeBack(person: Person, id: string): Promise<void> {
    return this.tenant.change(person, async (tx) => {
      const reading = await tx.manager.findOneBy(Reading, { ...ownClients(person), id });
      if (!reading) throw notFound();
      await tx.manager.delete(Reading, { practiceId: tx.practiceId, id });
      this.audit.record(tx, { event: 'reading.taken_back', ...about(reading) });
    });
  }

  async listOwn(
    person: Person,
    { limit, cursor }: PageQuery,
    language: Language,
  ): Promise<JsonText<OwnReadingPage>> {
    const after = cursor && fromCursor(cursor, [UUID])[0];
    const scope = ownFile(person);
    const rows = await this.tenant.read(person, (tx) =>
      readingRows<OwnReadingPage['items'][number]>(tx, scope, ownReadingView(language), {
        after,
        limit: limit + 1,
      }),
    );
    const rowCount = Math.min(rows.length, limit);
    await this.audit.witness(person, { event: 'readings.listed', clientId: scope.clientId, rowCount });
    return jsonPageOf(rows, limit, ({ id }) => [id]);
  }

  async readOwn(person: Person, id: string, language: Language): Promise<OwnReading> {
    const { clientId } = ownFile(person);
    const text = await this.tenant.read(person, (tx) =>
      readingText(tx, { readingId: id, clientId, language }),
    );
    if (!text) throw notFound();
    await this.audit.witness(person, { event: 'reading.read', ...about({ id, clientId }) });
    return { id, ...articleHtml(text) };
  }

  /** @throws Problem 404 */
  private async told(tx: Tx, person: Person, clientId: string, id: string): Promise<ReadingView> {
    const scope = { ...ownClients(person), clientId };
    const [found] = await readingRows<ReadingView>(tx, scope, READING_VIEW, { id, limit: 1 });
    if (!found) throw notFound();
    return found.read();
  }
}

const about = ({ id, clientId }: { id: string; clientId: string }) => ({
  clientId,
  objectType: 'reading',
  objectId: id,
});
