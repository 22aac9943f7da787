import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import type { Person } from '../../common/actor.js';
import { Clock } from '../../common/clock.js';
import { newId } from '../../common/id.js';
import { fromCursor, type Page, pageOf, UUID } from '../../common/page.js';
import type { PageQuery } from '../../common/page.dto.js';
import { given } from '../../common/patch.js';
import { notFound } from '../../common/problems.js';
import { expectVersion } from '../../common/version.js';
import { Tenant } from '../../database/tenant.js';
import type { Tx } from '../../database/tx.js';
import { whenViolated } from '../../database/violation.js';
import { unknownMedium } from '../media/exercise-medium.errors.js';
import { expectMedium } from '../media/exercise-medium.queries.js';
import type { ChangeExercise, DraftExercise, ExerciseQuery, TagInUse } from './exercise.dto.js';
import { Exercise } from './exercise.entity.js';
import { asCopy, columnsOf, type Content, contentOf, patched } from './exercise-content.js';
import { type CatalogueEntry, cataloguePage, findEntry, tagsInUse } from './exercise.queries.js';
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

  /** The tags that the practice uses, to choose from. */
  async tags(person: Person): Promise<TagInUse[]> {
    const tags = await this.tenant.read(person, tagsInUse);
    await this.audit.witness(person, { event: 'exercises.listed', rowCount: tags.length });
    return tags;
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
  draft(person: Person, { tags, ...content }: DraftExercise): Promise<CatalogueEntry> {
    return this.tenant.once(
      person,
      (tx) => this.begin(tx, person, content, tags ?? []),
      (tx, id) => this.load(tx, id),
    );
  }

  /** Begins a draft of its own with what another says now, of the shipped ones or one's own, also a retired one. */
  copy(person: Person, id: string): Promise<CatalogueEntry> {
    return this.tenant.once(
      person,
      async (tx) => {
        const { exercise, newest } = await this.load(tx, id);
        return this.begin(tx, person, asCopy(contentOf(newest)), exercise.tags);
      },
      (tx, made) => this.load(tx, made),
    );
  }
  /** Writes in the draft; where there is none, begins the next version. */
  change(
    person: Person,
    id: string,
    { tags, ...input }: ChangeExercise,
    version?: number,
  ): Promise<CatalogueEntry> {
    return this.tenant.change(person, async (tx) => {
      const entry = await this.load(tx, id, 'for update');
      const { exercise } = entry;
      expectVersion(exercise, version);
      exercise.expectInUse();
      if (tags) exercise.tags = tags;
      if (!tags || Object.keys(given(input)).length > 0) await this.write(tx, person, entry, input);
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
        const { exercise, newest } = await this.load(tx, id, 'for update');
        const letsGo = exercise.draftVersion !== null && newest.mediaKind !== null;
        exercise.retire();
        if (letsGo) await this.letGoOfMedia(tx, newest);
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

  private async begin(
    tx: Tx,
    person: Person,
    content: Content,
    tags: readonly string[],
  ): Promise<CatalogueEntry> {
    await expectMedium(tx, content.media);
    const now = this.clock.now();
    const exercise = tx.manager.create(Exercise, {
      practiceId: tx.practiceId,
      id: newId(now),
      status: 'draft',
      publishedVersion: null,
      draftVersion: 1,
      tags: [...tags],
      createdAt: now,
    });
    await tx.manager.insert(Exercise, exercise);
    const newest = await this.insertVersion(tx, person, exercise.id, 1, content);
    this.audit.record(tx, { event: 'exercise.drafted', ...about(exercise) });
    return { id: exercise.id, exercise, newest };
  }

  private async write(
    tx: Tx,
    person: Person,
    { exercise, newest }: CatalogueEntry,
    input: ChangeExercise,
  ): Promise<void> {
    const hadDraft = exercise.draftVersion !== null;
    const draft = exercise.draft();
    const content = patched(contentOf(newest), input);
    if (input.media) await expectMedium(tx, input.media);
    if (hadDraft) await this.rewrite(tx, person, newest, content);
    else await this.insertVersion(tx, person, exercise.id, draft, content);
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
    await tx.manager.insert(ExerciseVersion, written).catch(MEDIUM_STAYS);
    return written;
  }

  /** A draft that goes no further holds on to no recording. */
  private async letGoOfMedia(tx: Tx, draft: ExerciseVersion): Promise<void> {
    const nothing = { mediaKind: null, mediaUrl: null, mediaId: null };
    await tx.manager.update(ExerciseVersion, keyOf(draft), nothing);
  }

  private async rewrite(tx: Tx, { userId }: Person, draft: ExerciseVersion, content: Content): Promise<void> {
    const writtenAt = this.clock.now();
    await tx.manager
      .update(ExerciseVersion, keyOf(draft), {
        ...columnsOf(content),
        writtenBy: userId,
        writtenAt,
      })
      .catch(MEDIUM_STAYS);
  }

  /** A new version of the entry, also where only the text of its draft changed. */
  private async save(tx: Tx, exercise: Exercise): Promise<void> {
    const { practiceId, id, status, publishedVersion, draftVersion, tags } = exercise;
    await tx.manager.update(Exercise, { practiceId, id }, { status, publishedVersion, draftVersion, tags });
  }
}

/** It may have been swept away between the look and the write. */
const MEDIUM_STAYS = whenViolated({ exercise_versions_media_fkey: unknownMedium });

const keyOf = ({ practiceId, exerciseId, version }: ExerciseVersion) => ({ practiceId, exerciseId, version });
const about = ({ id }: { id: string }) => ({ objectType: 'exercise', objectId: id });
