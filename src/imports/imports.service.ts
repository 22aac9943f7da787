import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { Audit } from '../audit/audit.js';
import { type Person, taskFor } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import type { PageQuery } from '../common/page.dto.js';
import { fromCursor, type Page, pageOf, UUID } from '../common/page.js';
import { notFound } from '../common/problems.js';
import { expectVersion } from '../common/version.js';
import { Tenant } from '../database/tenant.js';
import type { Tx } from '../database/tx.js';
import { whenViolated } from '../database/violation.js';
import { Jobs } from '../jobs/jobs.js';
import type { ImportQuery } from './import.dto.js';
import { Import } from './import.entity.js';
import { importTooLarge, importUnderWay, unknownMapping } from './import.errors.js';
import { ImportCheck } from './import-check.js';
import { ImportContents } from './import-contents.js';
import type { ImportFormat } from './reading/read-file.js';

export const LARGEST_IMPORT_BYTES = 8 * 1_048_576;

/** A practice's own records, brought in from a file: checked first, then all or nothing. */
@Injectable()
export class ImportsService {
  constructor(
    private readonly tenant: Tenant,
    private readonly checker: ImportCheck,
    private readonly contents: ImportContents,
    private readonly jobs: Jobs,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Takes in a file and checks all of it; nothing of it is on file yet.
   * @throws Problem 409 `import-under-way`, 413, 422
   */
  async bring(person: Person, source: Readable, format: ImportFormat, query: ImportQuery): Promise<Import> {
    const coaches = mappingIn(query.coaches);
    const content = await received(source);
    const fingerprint = createHash('sha256').update(content);
    const sha256 = fingerprint.copy().digest('hex');
    const bytes = content.length;
    const brought = Import.broughtBy(
      person,
      { records: query.records, format, coaches, sha256, bytes },
      this.clock.now(),
    );
    const { rowCount, findings } = await this.tenant.read(taskFor(person, 'import'), (tx) =>
      this.checker.check(tx, brought, content),
    );
    brought.found(rowCount, findings);
    const asked = fingerprint.update(JSON.stringify([query.records, format, coaches])).digest();
    const { repeat } = person;
    // A repeat is the same when its file is, and what it was said to be.
    const sender = repeat ? { ...person, repeat: { ...repeat, fingerprint: asked } } : person;
    return this.tenant.once(
      sender,
      async (tx) => {
        await tx.manager.insert(Import, brought).catch(whenViolated({ imports_open_key: importUnderWay }));
        await this.contents.keep(tx, brought, content);
        this.audit.record(tx, {
          event: 'import.checked',
          ...about(brought),
          rowCount,
          ground: `sha256:${sha256}`,
        });
        return brought;
      },
      (tx, id) => this.load(tx, id),
    );
  }

  /** Newest first. */
  async list(person: Person, { limit, cursor }: PageQuery): Promise<Page<Import>> {
    const before = cursor ? String(fromCursor(cursor, [UUID])[0]) : undefined;
    const found = await this.tenant.read(person, (tx) =>
      tx.manager.find(Import, {
        where: { practiceId: tx.practiceId, ...(before && { id: LessThan(before) }) },
        order: { id: 'desc' },
        take: limit + 1,
      }),
    );
    await this.audit.witness(person, { event: 'imports.listed', rowCount: Math.min(found.length, limit) });
    return pageOf(
      found,
      limit,
      ({ id }) => [id],
      (one) => one,
    );
  }

  async read(person: Person, id: string): Promise<Import> {
    const brought = await this.tenant.read(person, (tx) => this.load(tx, id));
    await this.audit.witness(person, { event: 'import.read', ...about(brought) });
    return brought;
  }

  /**
   * Has it brought in, whole or not at all, outside this request. One that is on its way and got lost is sent on its way anew.
   * @throws Problem 409 `import-has-problems`, `wrong-state`
   */
  start(person: Person, id: string, version?: number): Promise<Import> {
    return this.tenant.once(
      person,
      async (tx) => {
        const brought = await this.load(tx, id, 'for update');
        expectVersion(brought, version);
        brought.start();
        await tx.manager.save(brought);
        await this.jobs.enqueue(tx, 'run-import', { practiceId: tx.practiceId, importId: id });
        this.audit.record(tx, { event: 'import.started', ...about(brought), rowCount: brought.rowCount });
        return brought;
      },
      (tx, made) => this.load(tx, made),
    );
  }

  /** Throws the file away, where it was not brought in; that it was brought stays on record. */
  cancel(person: Person, id: string, version?: number): Promise<void> {
    // As the task, which may throw it away; an admin sees nothing of what lies there.
    return this.tenant.change(taskFor(person, 'import'), async (tx) => {
      const brought = await this.load(tx, id, 'for update');
      expectVersion(brought, version);
      if (!brought.isOpen) return;
      brought.cancel(this.clock.now());
      await this.contents.remove(tx, brought);
      await tx.manager.save(brought);
      this.audit.record(tx, { event: 'import.cancelled', ...about(brought) });
    });
  }

  private async load(tx: Tx, id: string, lock?: 'for update'): Promise<Import> {
    const brought = await tx.manager.findOne(Import, {
      where: { practiceId: tx.practiceId, id },
      ...(lock && { lock: { mode: 'pessimistic_write' } }),
    });
    if (!brought) throw notFound();
    return brought;
  }
}

export const about = ({ id }: Import) => ({ objectType: 'import', objectId: id });

/** What is too much is told and not cut off: the connection stays, for the answer. @throws Problem 413 as soon as it is */
async function received(source: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of source.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > LARGEST_IMPORT_BYTES) break;
    parts.push(part);
  }
  if (bytes > LARGEST_IMPORT_BYTES) {
    // The rest goes by unread: whoever sends it hears the answer only then.
    source.resume();
    throw importTooLarge(LARGEST_IMPORT_BYTES);
  }
  return Buffer.concat(parts);
}

/** @throws Problem 422 */
function mappingIn(coaches: string | undefined): Record<string, string> {
  if (coaches === undefined) return {};
  return Object.fromEntries(
    coaches.split(',').map((pair) => {
      const [there, here, ...more] = pair.trim().toLowerCase().split(':');
      if (!there || !here || more.length > 0 || !UUID.test(there) || !UUID.test(here)) throw unknownMapping();
      return [there, here];
    }),
  );
}
