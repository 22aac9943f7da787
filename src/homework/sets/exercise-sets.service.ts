import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import type { Person } from '../../common/actor.js';
import { Clock } from '../../common/clock.js';
import { newId } from '../../common/id.js';
import { jsonPageOf, type JsonText } from '../../common/json-text.js';
import { fromCursor, UUID } from '../../common/page.js';
import type { PageQuery } from '../../common/page.dto.js';
import { notFound } from '../../common/problems.js';
import { expectVersion } from '../../common/version.js';
import { Tenant } from '../../database/tenant.js';
import type { Tx } from '../../database/tx.js';
import { publishedVersions } from '../exercises/exercise.queries.js';
import type {
  ChangeExerciseSet,
  ExerciseSetPage,
  ExerciseSetView,
  MakeExerciseSet,
  SetItem,
} from './exercise-set.dto.js';
import { ExerciseSet } from './exercise-set.entity.js';
import { notPublished } from './exercise-set.errors.js';
import { setViews } from './exercise-set.queries.js';
import { ExerciseSetItem } from './exercise-set-item.entity.js';

/** Named bundles of exercises, made once and given to many clients. */
@Injectable()
export class ExerciseSetsService {
  constructor(
    private readonly tenant: Tenant,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  async list(person: Person, { limit, cursor }: PageQuery): Promise<JsonText<ExerciseSetPage>> {
    const after = cursor && fromCursor(cursor, [UUID])[0];
    const sets = await this.tenant.read(person, (tx) => setViews(tx, { after, limit: limit + 1 }));
    await this.audit.witness(person, {
      event: 'exercise_sets.listed',
      rowCount: Math.min(sets.length, limit),
    });
    return jsonPageOf(sets, limit, ({ id }) => [id]);
  }

  async read(person: Person, id: string): Promise<ExerciseSetView> {
    const set = await this.tenant.read(person, (tx) => this.load(tx, id));
    await this.audit.witness(person, { event: 'exercise_set.read', ...about(id) });
    return set;
  }

  make(person: Person, { name, items }: MakeExerciseSet): Promise<ExerciseSetView> {
    return this.tenant.once(
      person,
      async (tx) => {
        const now = this.clock.now();
        const id = newId(now);
        await tx.manager.insert(ExerciseSet, { practiceId: tx.practiceId, id, name, createdAt: now });
        await this.fill(tx, id, items);
        this.audit.record(tx, { event: 'exercise_set.made', ...about(id) });
        return this.load(tx, id);
      },
      (tx, id) => this.load(tx, id),
    );
  }

  /** What was given of it earlier stays as it was given. */
  change(
    person: Person,
    id: string,
    { name, items }: ChangeExerciseSet,
    version?: number,
  ): Promise<ExerciseSetView> {
    return this.tenant.change(person, async (tx) => {
      const set = await this.hold(tx, id, version);
      await tx.manager.update(ExerciseSet, keyOf(set), { name: name ?? set.name });
      if (items) {
        await tx.manager.delete(ExerciseSetItem, { practiceId: tx.practiceId, setId: id });
        await this.fill(tx, id, items);
      }
      this.audit.record(tx, { event: 'exercise_set.changed', ...about(id) });
      return this.load(tx, id);
    });
  }

  /** Who was given it keeps the exercises. */
  delete(person: Person, id: string, version?: number): Promise<void> {
    return this.tenant.change(person, async (tx) => {
      await tx.manager.delete(ExerciseSet, keyOf(await this.hold(tx, id, version)));
      this.audit.record(tx, { event: 'exercise_set.deleted', ...about(id) });
    });
  }

  private async fill(tx: Tx, setId: string, items: readonly SetItem[]): Promise<void> {
    const published = await publishedVersions(
      tx,
      items.map(({ exerciseId }) => exerciseId),
    );
    const missing = items.flatMap(({ exerciseId }, place) => (published.has(exerciseId) ? [] : [place]));
    if (missing.length > 0) throw notPublished(missing);
    await tx.manager.insert(
      ExerciseSetItem,
      items.map(({ exerciseId, moment, rhythm }, i) => ({
        practiceId: tx.practiceId,
        setId,
        place: i + 1,
        exerciseId,
        moment,
        rhythmKind: rhythm.kind,
        timesPerDay: rhythm.kind === 'scheduled' ? rhythm.timesPerDay : null,
        weekdays: rhythm.kind === 'scheduled' ? [...rhythm.weekdays].sort() : null,
      })),
    );
  }

  private async hold(tx: Tx, id: string, version?: number): Promise<ExerciseSet> {
    const set = await tx.manager.findOne(ExerciseSet, {
      where: { practiceId: tx.practiceId, id },
      lock: { mode: 'for_no_key_update' },
    });
    if (!set) throw notFound();
    expectVersion(set, version);
    return set;
  }

  private async load(tx: Tx, id: string): Promise<ExerciseSetView> {
    const [set] = await setViews(tx, { id, limit: 1 });
    if (!set) throw notFound();
    return set.read();
  }
}

const keyOf = ({ practiceId, id }: ExerciseSet) => ({ practiceId, id });
const about = (id: string) => ({ objectType: 'exercise_set', objectId: id });
