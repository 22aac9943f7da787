import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import type { Person } from '../../common/actor.js';
import { Clock } from '../../common/clock.js';
import { newId } from '../../common/id.js';
import { fromCursor, type Page, pageOf, UUID } from '../../common/page.js';
import type { PageQuery } from '../../common/page.dto.js';
import { notFound } from '../../common/problems.js';
import { expectVersion } from '../../common/version.js';
import { Tenant } from '../../database/tenant.js';
import type { Tx } from '../../database/tx.js';
import type { ChangeExercise, DraftExercise, ExerciseQuery } from './exercise.dto.js';
import { Exercise } from './exercise.entity.js';
import { columnsOf, type Content, contentOf, patched } from './exercise-content.js';
import { type CatalogueEntry, cataloguePage, findEntry } from './exercise.queries.js';
import { ExerciseVersion } from './exercise-version.entity.js';

/** The practice's catalogue of exercises. It holds nothing about a person. */
@Injectable()
export class ExercisesService {
  constructor(
    private readonly tenant: Tenant,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async list(person: Person, { limit, cursor, ...filter }: ExerciseQuery): Promise<Page<CatalogueEntry>> {
    const after = cursor ? fromCursor(cursor, [UUID]) : undefined;
    const entries = await this.tenant.read(person, (tx) =>
      cataloguePage(tx, filter, { after, limit: limit + 1 }),
    );
    await this.audit.witness(person, {
      event: 'exercises.listed',
      rowCount: Math.min(entries.length, limit),
    });
    return pageOf(
      entries,
      limit,
      ({ id }) => [id],
      (entry) => entry,
    );
  }

  async read(person: Person, id: string): Promise<CatalogueEntry> {
    const entry = await this.tenant.read(person, (tx) => this.load(tx, id));
    await this.audit.witness(person, { event: 'exercise.read', ...about(entry) });
    return entry;
  }

  /** Its versions, newest first. */
  async versions(person: Person, id: string, { limit, cursor }: PageQuery): Promise<Page<ExerciseVersion>> {
    const after = cursor ? fromCursor(cursor, [/^\d{1,9}$/]) : undefined;
    const versions = await this.tenant.read(person, async (tx) => {
      await this.load(tx, id);
      const { practiceId } = tx;
      const found = tx.manager
        .createQueryBuilder(ExerciseVersion, 'v')
        .where('v.practiceId = :practiceId and v.exerciseId = :id', { practiceId, id })
        .orderBy('v.version', 'DESC')
        .limit(limit + 1);
      if (after) found.andWhere('v.version < :before', { before: after[0] });
      return found.getMany();
    });
    await this.audit.witness(person, { event: 'exercise.read', ...about({ id }) });
    return pageOf(
      versions,
      limit,
      ({ version }) => [String(version)],
      (version) => version,
    );
  }

  /** Puts a new exercise in the catalogue, as a draft. */
  draft(person: Person, content: DraftExercise): Promise<CatalogueEntry> {
    return this.tenant.once(
      person,
      async (tx) => {
        const now = this.clock.now();
        const exercise = tx.manager.create(Exercise, {
          practiceId: tx.practiceId,
          id: newId(now),
          status: 'draft',
          publishedVersion: null,
          draftVersion: 1,
          createdAt: now,
        });
        await tx.manager.insert(Exercise, exercise);
        const newest = await this.insertVersion(tx, person, exercise.id, 1, content);
        this.audit.record(tx, { event: 'exercise.drafted', ...about(exercise) });
        return { id: exercise.id, exercise, newest };
      },
      (tx, id) => this.load(tx, id),
    );
  }

  /** Writes in the draft; where there is none, begins the next version. */
  change(person: Person, id: string, input: ChangeExercise, version?: number): Promise<CatalogueEntry> {
    return this.tenant.change(person, async (tx) => {
      const { exercise, newest } = await this.load(tx, id, 'for update');
      expectVersion(exercise, version);
      const hadDraft = exercise.draftVersion !== null;
      const draft = exercise.draft();
      const content = patched(contentOf(newest), input);
      if (hadDraft) await this.rewrite(tx, person, newest, content);
      else await this.insertVersion(tx, person, id, draft, content);
      await this.save(tx, exercise);
      this.audit.record(tx, { event: 'exercise.changed', ...about(exercise) });
      return this.load(tx, id);
    });
  }

  /** From now on the draft is what coaches assign; homework that was given keeps the version it had. */
  publish(person: Person, id: string): Promise<CatalogueEntry> {
    return this.tenant.once(
      person,
      async (tx) => {
        const { exercise, newest } = await this.load(tx, id, 'for update');
        exercise.publish();
        await tx.manager.update(ExerciseVersion, keyOf(newest), { publishedAt: this.clock.now() });
        await this.save(tx, exercise);
        this.audit.record(tx, { event: 'exercise.published', ...about(exercise) });
        return this.load(tx, id);
      },
      (tx) => this.load(tx, id),
    );
  }

  retire(person: Person, id: string): Promise<CatalogueEntry> {
    return this.tenant.once(
      person,
      async (tx) => {
        const { exercise } = await this.load(tx, id, 'for update');
        exercise.retire();
        await this.save(tx, exercise);
        this.audit.record(tx, { event: 'exercise.retired', ...about(exercise) });
        return this.load(tx, id);
      },
      (tx) => this.load(tx, id),
    );
  }

  private async load(tx: Tx, id: string, lock?: 'for update'): Promise<CatalogueEntry> {
    const entry = await findEntry(tx, id, lock);
    if (!entry) throw notFound();
    return entry;
  }

  private async insertVersion(
    tx: Tx,
    { userId }: Person,
    exerciseId: string,
    version: number,
    content: Content,
  ): Promise<ExerciseVersion> {
    const written = tx.manager.create(ExerciseVersion, {
      practiceId: tx.practiceId,
      exerciseId,
      version,
      ...columnsOf(content),
      writtenBy: userId,
      writtenAt: this.clock.now(),
      publishedAt: null,
    });
    await tx.manager.insert(ExerciseVersion, written);
    return written;
  }

  private async rewrite(tx: Tx, { userId }: Person, draft: ExerciseVersion, content: Content): Promise<void> {
    const writtenAt = this.clock.now();
    await tx.manager.update(ExerciseVersion, keyOf(draft), {
      ...columnsOf(content),
      writtenBy: userId,
      writtenAt,
    });
  }

  /** A new version of the entry, also where only the text of its draft changed. */
  private async save(tx: Tx, exercise: Exercise): Promise<void> {
    const { practiceId, id, status, publishedVersion, draftVersion } = exercise;
    await tx.manager.update(Exercise, { practiceId, id }, { status, publishedVersion, draftVersion });
  }
}

const keyOf = ({ practiceId, exerciseId, version }: ExerciseVersion) => ({ practiceId, exerciseId, version });
const about = ({ id }: { id: string }) => ({ objectType: 'exercise', objectId: id });
