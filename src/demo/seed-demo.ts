import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { LoginTokens } from '../auth/auth.dto.js';
import type { ClientView } from '../clients/client.dto.js';
import { Clock } from '../common/clock.js';
import { Tenant } from '../database/tenant.js';
import type { ExercisePage } from '../homework/exercises/exercise.dto.js';
import { Jobs, taskOfJob } from '../jobs/jobs.js';
import { OnboardingService } from '../onboarding/onboarding.service.js';
import { Invitations } from '../users/invitations.js';
import type { UserView } from '../users/user.dto.js';
import {
  ADMIN,
  CAST,
  type CastMember,
  COACHES,
  type CoachName,
  PASSWORD,
  PRACTICE,
  TINY_OWNER,
  TINY_PRACTICE,
} from './cast.js';
import { Chance } from './chance.js';
import { CoachingStory } from './coaching-story.js';
import { DemoApi } from './demo-api.js';
import type { DemoLogin, DemoPractice } from './demo-practice.js';
import { Diary } from './diary.js';
import { localTime, Weeks } from './weeks.js';

/** Makes a small believable practice and a tiny second one, by living through six weeks of them. */
export async function seedDemo(app: NestFastifyApplication): Promise<DemoPractice[]> {
  await app.init();
  const clock = app.get(Clock);
  const now = clock.now();
  let at = now;
  clock.now = () => at;
  try {
    const seed = new DemoSeed(app, new Weeks(now, () => at), (moment) => (at = moment));
    return [await seed.practice(), await seed.tinyPractice()];
  } finally {
    Reflect.deleteProperty(clock, 'now');
  }
}

class DemoSeed {
  private readonly chance = new Chance(20_260_105);
  private readonly diary: Diary;
  private readonly logins: DemoLogin[] = [];

  constructor(
    private readonly app: NestFastifyApplication,
    private readonly weeks: Weeks,
    private readonly setClock: (at: Date) => void,
  ) {
    this.diary = new Diary(setClock);
  }

  async practice(): Promise<DemoPractice> {
    this.setClock(localTime(this.weeks.day(this.weeks.first - 1, 1), 9));
    const { practiceId, code } = await this.app.get(OnboardingService).open({ ...PRACTICE, admin: ADMIN });
    const admin = await this.accept(code, ADMIN.email);
    const coaches = {
      marijke: await this.addCoach(practiceId, admin, 'marijke'),
      joost: await this.addCoach(practiceId, admin, 'joost'),
    };
    const exercises = await admin.get<ExercisePage>('/v1/exercises?status=published&limit=100');
    for (const member of CAST) {
      const coach = coaches[member.coach];
      const clientId = await this.openFile(coach, member);
      const client = member.withAccount
        ? await this.admitClient(practiceId, coach, clientId, member)
        : undefined;
      const { weeks, diary, chance } = this;
      const stage = { weeks, diary, chance, coach, client, clientId, exercises: exercises.items };
      new CoachingStory(member, stage).plan();
    }
    await this.diary.liveUntil(this.weeks.now);
    return { ...PRACTICE, logins: this.logins.splice(0) };
  }

  async tinyPractice(): Promise<DemoPractice> {
    this.setClock(localTime(this.weeks.day(-1, 1), 9));
    const { practiceId, code } = await this.app.get(OnboardingService).open({
      ...TINY_PRACTICE,
      admin: { ...TINY_OWNER, roles: ['coach', 'admin'] },
    });
    const owner = await this.accept(code, TINY_OWNER.email);
    const member = {
      ...CAST[0]!,
      file: { name: 'Els Brouwer', email: 'els@brouwer.example', language: 'nl' },
    } as const;
    const clientId = await this.openFile(owner, member);
    await this.admitClient(practiceId, owner, clientId, member);
    return { ...TINY_PRACTICE, logins: this.logins.splice(0) };
  }

  private async addCoach(practiceId: string, admin: DemoApi, name: CoachName): Promise<DemoApi> {
    const { id, email } = await admin.post<UserView>('/v1/users', { ...COACHES[name], roles: ['coach'] });
    return this.accept(await this.invitation(practiceId, { userId: id }, email), email);
  }

  private async openFile(coach: DemoApi, { file, withConsent, ends }: CastMember): Promise<string> {
    const givenOn = this.weeks.dayNow();
    const { id } = await coach.post<ClientView>('/v1/clients', {
      ...file,
      ...(withConsent && { consent: { channel: 'paper', givenOn } }),
    });
    if (ends !== 'prospect') await coach.post(`/v1/clients/${id}/activation`);
    return id;
  }

  private async admitClient(
    practiceId: string,
    coach: DemoApi,
    clientId: string,
    { file }: { file: { email?: string } },
  ): Promise<DemoApi> {
    await coach.post(`/v1/clients/${clientId}/invitation`);
    return this.accept(await this.invitation(practiceId, { clientId }, file.email!), file.email!);
  }

  /** The code that the mail carries; the mail itself is sent too, and its own code is the one that then stops working. */
  private async invitation(
    practiceId: string,
    invited: { userId: string } | { clientId: string },
    email: string,
  ): Promise<string> {
    await this.app.get(Jobs).drain();
    const actor = taskOfJob(practiceId, 'invitation');
    const invitations = this.app.get(Invitations, { strict: false });
    return this.app.get(Tenant).change(actor, (tx) => invitations.mint(tx, invited, email));
  }

  private async accept(code: string, email: string): Promise<DemoApi> {
    const url = `/v1/auth/invitations/${code}`;
    const { accessToken, user } = await new DemoApi(this.app).put<LoginTokens>(url, { password: PASSWORD });
    this.logins.push({ name: user.name, roles: user.roles, email, password: PASSWORD });
    return new DemoApi(this.app, accessToken);
  }
}
