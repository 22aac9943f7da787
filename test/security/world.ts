import type { ConsentList } from '../../src/clients/consent.dto.js';
import type { ClientView } from '../../src/clients/client.dto.js';
import type { LoginTokens } from '../../src/auth/auth.dto.js';
import type { MadeKeyView } from '../../src/auth/script-key.dto.js';
import type { DataRequestView } from '../../src/privacy/data-request.dto.js';
import type { ExportView } from '../../src/exports/export.dto.js';
import type { MeView, UserView } from '../../src/users/user.dto.js';
import type { AssignmentView } from '../../src/homework/assignments/assignment.dto.js';
import type { AssignedSet, ExerciseSetView } from '../../src/homework/sets/exercise-set.dto.js';
import type { ExerciseMediumView } from '../../src/homework/media/exercise-medium.dto.js';
import type { ExerciseView } from '../../src/homework/exercises/exercise.dto.js';
import type { IntakeRequestPage, IntakeRequestView } from '../../src/intake-requests/intake-request.dto.js';
import type { ArticleView } from '../../src/knowledge/articles/article.dto.js';
import type { ReadingView } from '../../src/knowledge/readings/reading.dto.js';
import type { SessionView } from '../../src/sessions/session.dto.js';
import type { ImportView } from '../../src/imports/import.dto.js';
import { checked, clientsCsv } from '../support/imports.js';
import type { TestApp } from '../support/app.js';
import { Caller, told } from '../support/caller.js';
import {
  addUser,
  invitationCode,
  newestMail,
  openFile,
  openFileWithAccount,
  openPractice,
  PASSWORD,
  type TestPractice,
} from '../support/practice.js';
import { writeNote } from '../support/notes.js';
import { codeIn } from '../support/mail.js';
import { assign, exerciseCalled, SITTING } from '../support/homework.js';
import { uploaded } from '../support/media.js';
import { article, INTAKE, publishArticle } from '../support/knowledge.js';
import { rows } from '../support/rows.js';
import { newSecretCode } from '../../src/users/secret-code.js';
import { NOTHING_SEEN, planSession } from '../support/sessions.js';

/** Everybody who may knock on a door: nobody, the people of the file, the people beside it, the people elsewhere. */
export const CALLERS = [
  'stranger',
  'coach',
  'otherCoach',
  'admin',
  'client',
  'otherClient',
  'coachElsewhere',
  'adminElsewhere',
  'clientElsewhere',
] as const;
export type CallerName = (typeof CALLERS)[number];

/** A practice with two clients of its coach who both sign in, and a file of its other coach. */
export interface House extends TestPractice {
  readonly client: Caller;
  readonly otherClient: Caller;
  /** Id of a file of the other coach. */
  readonly fileOfOtherCoach: string;
}

let serial = 0;

/**
 * Two practices with everything that a row of the access matrix may ask for. What is changed or removed by a
 * request is made anew for each (`file`, `user`, …), so that no cell hangs on another.
 */
export class World {
  private exportLookedAt?: Promise<string>;
  private inPortal?: Promise<string>;
  private toHandOver?: Promise<string>;

  private constructor(
    readonly app: TestApp,
    readonly here: House,
    readonly elsewhere: House,
  ) {}

  static async make(app: TestApp): Promise<World> {
    return new World(app, await openHouse(app), await openHouse(app));
  }

  caller(name: CallerName): Caller {
    const callers: Record<CallerName, Caller> = {
      stranger: new Caller(this.app),
      coach: this.here.coach,
      otherCoach: this.here.otherCoach,
      admin: this.here.admin,
      client: this.here.client,
      otherClient: this.here.otherClient,
      coachElsewhere: this.elsewhere.coach,
      adminElsewhere: this.elsewhere.admin,
      clientElsewhere: this.elsewhere.client,
    };
    return callers[name];
  }

  /** The practice that a caller belongs to. */
  houseOf(name: CallerName): House {
    return name.endsWith('Elsewhere') ? this.elsewhere : this.here;
  }

  /** A new file of the coach here: active, with consent. */
  file(more: object = {}): Promise<ClientView> {
    return openFile(this.here.coach, more);
  }

  /** A new file of the coach here that was closed. */
  async closedFile(): Promise<ClientView> {
    const file = await this.file();
    await this.sql("update clients set status = 'closed', closed_at = now() where id = $1", [file.id]);
    return file;
  }

  /** A new file that is no more than a prospect. */
  async prospect(): Promise<ClientView> {
    serial += 1;
    return told(await this.here.coach.post('/v1/clients', { name: `Prospect ${serial}`, language: 'nl' }));
  }

  /** A planned session of a new file. */
  async session(more: object = {}): Promise<SessionView> {
    return planSession(this.here.coach, (await this.file()).id, more);
  }

  /** A session that was called off. */
  async cancelledSession(): Promise<SessionView> {
    const { id } = await this.session();
    return told(await this.here.coach.post(`/v1/sessions/${id}/cancellation`));
  }

  /** A session with an observation, of which nothing was seen. */
  async observedSession(): Promise<SessionView> {
    const session = await this.session();
    const first = { 'if-none-match': '*' };
    told(await this.here.coach.put(`/v1/sessions/${session.id}/observation`, NOTHING_SEEN, first));
    return session;
  }

  /** A draft in the catalogue here. */
  async draftExercise(): Promise<ExerciseView> {
    return told(await this.here.coach.post('/v1/exercises', SITTING));
  }

  /** A recording that the practice here uploaded. */
  medium(): Promise<ExerciseMediumView> {
    return uploaded(this.here.coach);
  }

  /** Homework of the client here that comes with a recording. */
  async assignmentToHear(): Promise<AssignmentView> {
    const { coach, client } = this.here;
    const media = { by: 'upload', kind: 'audio', mediumId: (await this.medium()).id };
    const { id: exerciseId } = told<ExerciseView>(await coach.post('/v1/exercises', { ...SITTING, media }));
    told(await coach.post(`/v1/exercises/${exerciseId}/publication`));
    return assign(coach, client.clientId, { exerciseId, overrideLimit: true });
  }

  /** What a set of the caller's practice may be made of. */
  async setOf(caller: CallerName): Promise<object> {
    const { id: exerciseId } = await exerciseCalled(this.houseOf(caller).coach, 'Pause before acting');
    return { name: 'Eerste weken', items: [{ exerciseId, moment: 'any', rhythm: { kind: 'free' } }] };
  }

  /** A set of exercises here. */
  async exerciseSet(): Promise<ExerciseSetView> {
    return told(await this.here.coach.post('/v1/exercise-sets', await this.setOf('coach')));
  }

  /** What the client here was given in one go, over whatever they have already. */
  async assignedSet(): Promise<AssignedSet> {
    const { id: setId } = await this.exerciseSet();
    const input = { setId, startOn: today(), overrideLimit: true };
    return told(
      await this.here.coach.post(`/v1/clients/${this.here.client.clientId}/set-assignments`, input),
    );
  }

  /** A draft in the knowledge base here. */
  async draftArticle(): Promise<ArticleView> {
    return told(await this.here.coach.post('/v1/articles', article()));
  }

  /** An article that anybody may read. */
  async publishedArticle(): Promise<ArticleView> {
    return publishArticle(this.here.coach);
  }

  /** What somebody asks the practice here, by the form on its website. */
  async intakeRequest(): Promise<IntakeRequestView> {
    told(await new Caller(this.app).post(`/v1/practices/${this.here.slug}/intake-requests`, INTAKE));
    const { items } = told<IntakeRequestPage>(await this.here.coach.get('/v1/intake-requests?limit=1'));
    return items[0]!;
  }

  /** What the client here was given to read. */
  async reading(): Promise<ReadingView> {
    const { id: articleId } = await this.publishedArticle();
    return told(
      await this.here.coach.post(`/v1/clients/${this.here.client.clientId}/readings`, { articleId }),
    );
  }

  /** Homework of the client here, over whatever they have already. */
  assignment(): Promise<AssignmentView> {
    return assign(this.here.coach, this.here.client.clientId, { overrideLimit: true, startOn: today() });
  }

  /** The same, while it rests. */
  async pausedAssignment(): Promise<AssignmentView> {
    const { id } = await this.assignment();
    return told(await this.here.coach.post(`/v1/assignments/${id}/pause`));
  }

  /** A new user of the practice here, who has not accepted yet. */
  async user(): Promise<UserView> {
    serial += 1;
    const email = `nieuw${serial}@ergens.example`;
    return told(
      await this.here.admin.post('/v1/users', { name: `Nieuw ${serial}`, email, roles: ['coach'] }),
    );
  }

  /** The id of an export that the admin here asked for, its file ready. */
  async export(purpose: string): Promise<string> {
    const asked = { records: 'clients', format: 'csv', purpose };
    const { id } = told<ExportView>(await this.here.admin.post('/v1/exports', asked));
    await this.app.runJobs();
    return id;
  }

  /** The same, one for all who only look at it. */
  exportToLookAt(purpose: string): Promise<string> {
    return (this.exportLookedAt ??= this.export(purpose));
  }

  /** A file with one client of the coach here, which the admin here brought and which was found right. */
  async import(): Promise<ImportView> {
    const { admin, coach } = this.here;
    return checked(admin, 'clients', clientsCsv(coach));
  }

  /** The id of an export of the texts about the client here, which waits for their coach. */
  async exportOfTexts(purpose: string): Promise<string> {
    const { clientId } = this.here.client;
    await writeNote(this.here.coach, clientId);
    const asked = { records: 'notes', format: 'json', purpose, clientId, bodies: true };
    return told<ExportView>(await this.here.admin.post('/v1/exports', asked)).id;
  }

  /** The id of a request about their data that the client here made in the portal. */
  async dataRequest(): Promise<string> {
    const asked = { kind: 'rectification', details: 'Mijn bedrijf heet anders.' };
    return told<DataRequestView>(await this.here.client.post('/v1/me/data-requests', asked)).id;
  }

  /** The same, taken down by the admin here from paper. */
  async registeredRequest(): Promise<string> {
    const asked = { clientId: (await this.file()).id, kind: 'access' };
    return told<DataRequestView>(await this.here.admin.post('/v1/data-requests', asked)).id;
  }

  /** The id of a request that the admin here said yes to. */
  async approvedRequest(): Promise<string> {
    const id = await this.dataRequest();
    told(await this.here.admin.post(`/v1/data-requests/${id}/approval`));
    return id;
  }

  /** The id of a request of the client here for a copy, which is in the portal; one, for it is only read. */
  copyInPortal(): Promise<string> {
    return (this.inPortal ??= this.putCopyInPortal());
  }

  /** The id of a request for a copy of somebody who has no login, which is there to be handed over; one, likewise. */
  copyToHandOver(): Promise<string> {
    return (this.toHandOver ??= this.layCopyReady());
  }

  private async putCopyInPortal(): Promise<string> {
    const { id } = told<DataRequestView>(
      await this.here.client.post('/v1/me/data-requests', { kind: 'access' }),
    );
    told(await this.here.admin.post(`/v1/data-requests/${id}/approval`));
    await this.app.runJobs();
    return id;
  }

  private async layCopyReady(): Promise<string> {
    const id = await this.registeredRequest();
    for (const step of ['confirmation', 'approval']) {
      told(await this.here.admin.post(`/v1/data-requests/${id}/${step}`));
    }
    await this.app.runJobs();
    return id;
  }

  /** A client here without a login for whom such a copy is there. */
  async withCopyToHandOver(): Promise<string> {
    const id = await this.copyToHandOver();
    return told<DataRequestView>(await this.here.admin.get(`/v1/data-requests/${id}`)).clientId;
  }

  /** A key that the admin here made for a script. */
  async key(): Promise<MadeKeyView> {
    const asked = { name: 'Nachtelijke kopie', scopes: ['exports:read'] };
    return told<MadeKeyView>(await this.here.admin.post('/v1/me/keys', asked));
  }

  /** The code of an invitation that nobody has accepted. */
  async invitation(): Promise<string> {
    const { email } = await this.user();
    await this.app.runJobs();
    return invitationCode(this.app, email);
  }

  /** The code of a mail with which somebody of the practice here chooses a new password. */
  async resetCode(): Promise<string> {
    const { email } = await this.somebody();
    told(await new Caller(this.app).post('/v1/auth/password-resets', { email }));
    return this.mailed(email, 'password-resets');
  }

  /** A link for a client here to sign in with, and what the browser kept that asked for it. */
  async mailSignIn(): Promise<{ code: string; request: string }> {
    told(await this.here.admin.patch('/v1/practice', { mailSignIn: true }));
    const client = await openFileWithAccount(this.app, this.here.coach);
    const { email } = told<MeView>(await client.get('/v1/me'));
    const asked = await new Caller(this.app).post('/v1/auth/mail-sign-ins', { email });
    const code = await this.mailed(email, 'mail-sign-ins');
    return { code, request: told<{ request: string }>(asked).request };
  }

  /** A change of address that somebody here asked for: the codes at the new and at the old one. */
  async addressChange(): Promise<{ confirmation: string; cancellation: string }> {
    const { email, caller } = await this.somebody();
    const wanted = { email: `ook-${email}`, password: PASSWORD };
    told(await caller.post('/v1/me/address-changes', wanted));
    const confirmation = await this.mailed(wanted.email, 'address-changes');
    return { confirmation, cancellation: await this.mailed(email, 'address-changes') };
  }

  /** The code of a reminder that a client here was sent. */
  async unsubscription(): Promise<string> {
    const client = await this.newcomer('client');
    told(await client.put('/v1/me/reminders', { on: true, times: [{ weekday: 1, at: '08:30' }] }));
    const { code, hash } = newSecretCode(this.here.id);
    await rows(
      this.app,
      `insert into reminder_days (practice_id, client_id, on_day, coach_id, unsubscribe_hash, claimed_at, sent_at)
       select practice_id, client_id, '2026-03-02', coach_id, $2, changed_at, changed_at
         from reminder_settings where client_id = $1`,
      [client.clientId, hash],
    );
    return code;
  }

  /** Somebody new who is what the caller is, in the same practice, and whom nothing else hangs on. */
  async newcomer(name: Exclude<CallerName, 'stranger'>): Promise<Caller> {
    const { admin, coach } = this.houseOf(name);
    if (/client/i.test(name)) return openFileWithAccount(this.app, coach);
    serial += 1;
    const roles = [name.startsWith('admin') ? 'admin' : 'coach'];
    const user = { name: `Nieuwkomer ${serial}`, email: `nieuwkomer${serial}@ergens.example`, roles };
    return addUser(this.app, admin, user);
  }

  /** A new coach here who signs in, and whom nothing else hangs on. */
  private async somebody(): Promise<{ email: string; caller: Caller }> {
    serial += 1;
    const user = { name: `Iemand ${serial}`, email: `iemand${serial}@ergens.example`, roles: ['coach'] };
    return { email: user.email, caller: await addUser(this.app, this.here.admin, user) };
  }

  /** The code in the newest mail to an address. */
  private async mailed(email: string, path: string): Promise<string> {
    await this.app.runJobs();
    return codeIn(newestMail(this.app, email), path);
  }

  /** What a caller signs in with; a stranger tries the coach's. */
  async credentials(name: CallerName): Promise<{ email: string; password: string; practice: string }> {
    const person = name === 'stranger' ? this.here.coach : this.caller(name);
    const { email } = told<MeView>(await person.get('/v1/me'));
    return { email, password: PASSWORD, practice: this.houseOf(name).slug };
  }

  /** The same person, in a login of its own that a test may end. */
  async signedInAgain(name: CallerName): Promise<Caller> {
    const answer = await new Caller(this.app).post('/v1/auth/login', await this.credentials(name));
    return new Caller(this.app, told<LoginTokens>(answer));
  }

  /** The id of a login of the caller, not the one they call with; for a stranger one of the coach's. */
  async loginId(name: CallerName): Promise<string> {
    const other = await this.signedInAgain(name);
    const { items } = told<{ items: { id: string; current: boolean }[] }>(await other.get('/v1/me/logins'));
    return items.find(({ current }) => current)!.id;
  }

  /** The id of a consent that the client here gave just now. */
  async ownConsent(): Promise<string> {
    told(await this.here.client.post('/v1/me/consents', {}));
    return told<ConsentList>(await this.here.client.get('/v1/me/consents')).items[0]!.id;
  }

  /** The id of the consent that was given on paper for this file here. */
  async consentOf(clientId: string): Promise<string> {
    const { items } = told<ConsentList>(await this.here.coach.get(`/v1/clients/${clientId}/consents`));
    return items[0]!.id;
  }

  /** Looks, or lays something ready, past both locks. */
  sql<Row>(statement: string, values: unknown[] = []): Promise<Row[]> {
    return rows<Row>(this.app, statement, values);
  }

  /** Ids and words of standing files that this caller must meet in no answer whatever. */
  hiddenFrom(name: CallerName): string[] {
    const { here, elsewhere } = this;
    const theirs = this.houseOf(name);
    const foreign = theirs === here ? elsewhere : here;
    const outside = [foreign.id, ...filesOf(foreign), wordsOf(foreign)];
    switch (name) {
      case 'stranger':
        return [...outside, ...filesOf(here), wordsOf(here)];
      case 'coach':
      case 'coachElsewhere':
        return [...outside, theirs.fileOfOtherCoach];
      case 'otherCoach':
        return [...outside, theirs.client.clientId, theirs.otherClient.clientId, wordsOf(theirs)];
      case 'admin':
      case 'adminElsewhere':
        return [...outside, wordsOf(theirs)];
      case 'client':
      case 'clientElsewhere':
        return [...outside, theirs.otherClient.clientId, theirs.fileOfOtherCoach];
      case 'otherClient':
        return [...outside, theirs.client.clientId, theirs.fileOfOtherCoach, wordsOf(theirs)];
    }
  }
}

async function openHouse(app: TestApp): Promise<House> {
  const practice = await openPractice(app);
  return {
    ...practice,
    client: await openFileWithAccount(app, practice.coach, { question: wordsOf(practice) }),
    otherClient: await openFileWithAccount(app, practice.coach),
    fileOfOtherCoach: (await openFile(practice.otherCoach)).id,
  };
}

/** The day that it is, whatever the zone: nothing here is about an hour. */
export const today = (): string => new Date().toISOString().slice(0, 10);

const filesOf = ({ client, otherClient, fileOfOtherCoach }: House): string[] => [
  client.clientId,
  otherClient.clientId,
  fileOfOtherCoach,
];

/** What the client of a practice told their coach, and nobody else. */
export const wordsOf = ({ slug }: TestPractice): string => `Wat houdt mij wakker in ${slug}?`;
