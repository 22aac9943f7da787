import type { AssignmentView } from '../homework/assignments/assignment.dto.js';
import type { ExerciseView } from '../homework/exercises/exercise.dto.js';
import type { NoteView } from '../notes/note.dto.js';
import type { SessionView } from '../sessions/session.dto.js';
import { newId } from '../common/id.js';
import { BODY_AREAS, BREATH, codesOf, RECOVERY_SIGNALS, STRESS_SIGNALS } from '../common/vocabulary.js';
import type { CastMember } from './cast.js';
import type { Chance } from './chance.js';
import { localTime, type Weeks } from './weeks.js';
import type { DemoApi } from './demo-api.js';
import type { Diary } from './diary.js';
import * as texts from './texts.js';

interface Stage {
  readonly weeks: Weeks;
  readonly diary: Diary;
  readonly chance: Chance;
  readonly coach: DemoApi;
  /** The client's own way in, once they accepted the invitation. */
  readonly client?: DemoApi;
  readonly clientId: string;
  readonly exercises: readonly ExerciseView[];
}

const MINUTE = 60_000;

/** The weeks of one client: sessions that were planned, given and written up, and homework that was done or let go. */
export class CoachingStory {
  private readonly assignments: AssignmentView[] = [];

  constructor(
    private readonly member: CastMember,
    private readonly stage: Stage,
  ) {}

  plan(): void {
    const { weeks, diary } = this.stage;
    const { slot, ends } = this.member;
    if (!slot) return;
    for (const week of weeks.all(ends === 'active' ? 2 : -2)) {
      const startsAt = localTime(weeks.day(week, slot.weekday), slot.hour);
      const plannedAt = new Date(
        Math.min(startsAt.getTime() - 3 * 24 * 60 * MINUTE, weeks.now.getTime() - MINUTE),
      );
      diary.plan(plannedAt, () => this.planSession(startsAt, week));
    }
    if (this.stage.client) {
      for (const day of weeks.days()) diary.plan(localTime(day, 21), () => this.logHomework(day));
      for (const week of weeks.all(-1)) {
        const sunday = weeks.day(week, 7);
        diary.plan(localTime(sunday, 20), () => this.lookBack(sunday));
      }
    }
    if (ends === 'paused') diary.plan(localTime(weeks.day(-1, 1), 12), () => this.move('pause'));
    if (ends === 'closed') diary.plan(localTime(weeks.day(-1, 3), 12), () => this.move('closure'));
  }

  private async planSession(startsAt: Date, week: number): Promise<void> {
    const { coach, clientId, diary, weeks, chance } = this.stage;
    const kind = week === weeks.first ? 'intake' : 'energizing';
    const session = await coach.post<SessionView>('/v1/sessions', {
      clientId,
      kind,
      startsAt: startsAt.toISOString(),
      durationMinutes: kind === 'intake' ? 90 : 60,
      mode: chance.pick(['in_person', 'in_person', 'video']),
      location: 'De Lindehof, kamer 2',
      priceCents: 12_500,
      vatPercent: 21,
    });
    const over = new Date(startsAt.getTime() + session.durationMinutes * MINUTE);
    if (week > weeks.first && chance.happens(0.06)) {
      diary.plan(new Date(startsAt.getTime() + 20 * MINUTE), () => this.end(session, 'no-show'));
    } else if (week > weeks.first && chance.happens(0.06)) {
      diary.plan(new Date(startsAt.getTime() - 60 * MINUTE), () => this.end(session, 'cancellation'));
    } else {
      diary.plan(new Date(over.getTime() + 5 * MINUTE), () => this.complete(session, week));
    }
  }

  private async end(session: SessionView, how: 'no-show' | 'cancellation'): Promise<void> {
    await this.stage.coach.post(`/v1/sessions/${session.id}/${how}`, {
      reason: 'Kort van tevoren laten weten.',
    });
  }

  /** The minute between two clients: observation, note and homework in one call. */
  private async complete(session: SessionView, week: number): Promise<void> {
    const { coach, chance, diary, weeks } = this.stage;
    const isShared = chance.happens(0.4);
    const homework = week === weeks.first || week === weeks.first + 2 ? this.homework(session) : [];
    const completed = await coach.post<{ notes: NoteView[]; assignments: AssignmentView[] }>(
      `/v1/sessions/${session.id}/completion`,
      {
        observation: this.observation(week),
        note: {
          visibility: isShared ? 'shared' : 'private',
          body: chance.pick(isShared ? texts.SHARED_NOTES : texts.PRIVATE_NOTES),
        },
        assignments: homework,
      },
    );
    this.assignments.push(...completed.assignments);
    const [note] = completed.notes;
    const isSignedSoon = new Date(session.startsAt) < weeks.daysAgo(4);
    if (note && isSignedSoon) diary.plan(new Date(diaryTime(session) + 45 * MINUTE), () => this.sign(note));
  }

  private async sign({ id, version }: NoteView): Promise<void> {
    await this.stage.coach.post(`/v1/notes/${id}/signature`, {}, { 'if-match': `"${version}"` });
  }

  private observation(week: number): object {
    const { chance } = this.stage;
    const before = this.tension(week);
    const condition = (): number =>
      Math.min(10, 3 + this.stage.weeks.since(week) + Math.floor(chance.next() * 2));
    return {
      question: chance.pick(texts.QUESTIONS),
      tensionAreas: chance.some(codesOf(BODY_AREAS), 0.2),
      breath: chance.some(codesOf(BREATH), 0.25),
      thoughts: chance.pick(texts.THOUGHTS),
      conditions: {
        safety: condition(),
        rest: condition(),
        presence: condition(),
        acceptance: condition(),
        naturalRhythm: condition(),
      },
      letGo: chance.pick(texts.LET_GO),
      recoverySignals: chance.some(codesOf(RECOVERY_SIGNALS), 0.35),
      tensionBefore: before,
      tensionAfter: Math.max(0, before - 2 - Math.floor(chance.next() * 2)),
      takeHome: chance.pick(texts.TAKE_HOME),
      transitionMoments: ['transition'],
    };
  }

  private homework({ id }: SessionView): object[] {
    const { chance, exercises, weeks } = this.stage;
    const exercise = chance.pick(
      exercises.filter((one) => !this.assignments.some((has) => has.exerciseId === one.id)),
    );
    const rhythm =
      exercise.rhythm === 'daily'
        ? { kind: 'scheduled', timesPerDay: 1, weekdays: [1, 2, 3, 4, 5, 6, 7] }
        : { kind: 'free' };
    return [
      {
        exerciseId: exercise.id,
        sessionId: id,
        message: chance.pick(texts.MESSAGES),
        moment: exercise.moment,
        rhythm,
        startOn: weeks.dayNow(),
        endOn: weeks.daysFromNow(56),
      },
    ];
  }

  /** An evening: some exercises done, some let go, each in the client's own way. */
  private async logHomework(day: string): Promise<void> {
    const { client, chance, weeks } = this.stage;
    for (const { id } of this.assignments) {
      if (!chance.happens(0.65)) continue;
      const before = this.tension(weeks.weekOf(day));
      const outcome = chance.pick(['done', 'done', 'done', 'partly', 'skipped'] as const);
      await client!.put(`/v1/me/assignments/${id}/logs/${newId(weeks.now)}`, {
        doneOn: day,
        outcome,
        ...(outcome !== 'skipped' && {
          minutes: 3 + Math.floor(chance.next() * 12),
          tensionBefore: before,
          tensionAfter: Math.max(0, before - 1 - Math.floor(chance.next() * 2)),
          recoverySignals: chance.some(codesOf(RECOVERY_SIGNALS), 0.2),
        }),
        ...(chance.happens(0.2) && { remark: chance.pick(texts.REMARKS) }),
        sharing: chance.pick(['numbers', 'numbers', 'all', 'private']),
      });
    }
  }

  /** A Sunday evening: how it goes, most weeks; nobody asks after the others. */
  private async lookBack(on: string): Promise<void> {
    const { client, chance, weeks } = this.stage;
    if (this.assignments.length === 0 || !chance.happens(0.8)) return;
    const since = weeks.since(weeks.weekOf(on));
    const condition = (): number => Math.min(10, 2 + since + Math.floor(chance.next() * 3));
    await client!.put(`/v1/me/check-ins/${newId(weeks.now)}`, {
      on,
      tension: this.tension(weeks.weekOf(on)),
      stressSignals: chance.some(codesOf(STRESS_SIGNALS), Math.max(0.1, 0.5 - 0.05 * since)),
      recoverySignals: chance.some(codesOf(RECOVERY_SIGNALS), 0.1 + 0.03 * since),
      conditions: {
        safety: condition(),
        rest: condition(),
        presence: condition(),
        acceptance: condition(),
        naturalRhythm: condition(),
      },
      ...(chance.happens(0.3) && { remark: chance.pick(texts.WEEKS) }),
      sharing: chance.pick(['numbers', 'numbers', 'all', 'private']),
    });
  }

  private async move(how: 'pause' | 'closure'): Promise<void> {
    await this.stage.coach.post(`/v1/clients/${this.stage.clientId}/${how}`);
    this.assignments.length = 0;
  }

  /** Tension eases over the weeks, with better and worse days. */
  private tension(week: number): number {
    const eased = this.member.tension - 0.6 * this.stage.weeks.since(week) + this.stage.chance.next() * 2 - 1;
    return Math.round(Math.min(10, Math.max(1, eased)));
  }
}

const diaryTime = ({ startsAt, durationMinutes }: SessionView): number =>
  new Date(startsAt).getTime() + durationMinutes * MINUTE;
