import { randomUUID } from 'node:crypto';
import type {
  ConsentList,
  ConsentTextPage,
  ConsentTextView,
  ConsentView,
} from '../src/clients/consent.dto.js';
import type { MeView } from '../src/users/user.dto.js';
import { type TestApp, startApp } from './support/app.js';
import { type Caller, problemOf, told } from './support/caller.js';
import { assign, today } from './support/homework.js';
import { seen, writeNote } from './support/notes.js';
import { openFile, openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';
import { longAgo, NOTHING_SEEN, planSession, refusalOf } from './support/sessions.js';

let app: TestApp;
let practice: TestPractice;
let elsewhere: TestPractice;
let coach: Caller;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  elsewhere = await openPractice(app);
  coach = practice.coach;
});
afterEach(() => app.clock.reset());
afterAll(() => app.close());

const TEXT = { nl: 'Ik stem toe, ook voor beeldbellen.', en: 'I consent, to video calls too.' };

const publish = async (by: Caller = practice.admin): Promise<ConsentTextView> =>
  told<ConsentTextView>(await by.post('/v1/practice/consent-texts', TEXT));
const ownConsents = async (client: Caller): Promise<ConsentList> =>
  told<ConsentList>(await client.get('/v1/me/consents'));
const inForce = async (client: Caller): Promise<ConsentView> =>
  (await ownConsents(client)).items.find((consent) => consent.inForce)!;
const consentsOf = async (clientId: string): Promise<ConsentView[]> =>
  told<ConsentList>(await coach.get(`/v1/clients/${clientId}/consents`)).items;
const standing = async (client: Caller) => told<MeView>(await client.get('/v1/me')).consent;

describe('the text that clients consent to', () => {
  it('comes in versions, newest first, a page at a time', async () => {
    const { admin } = await openPractice(app);
    expect(await publish(admin)).toMatchObject({ version: 2, ...TEXT });
    expect((await publish(admin)).version).toBe(3);
    const first = told<ConsentTextPage>(await admin.get('/v1/practice/consent-texts?limit=2'));
    expect(first.items.map(({ version }) => version)).toEqual([3, 2]);
    const second = told<ConsentTextPage>(
      await admin.get(`/v1/practice/consent-texts?limit=2&cursor=${first.next!}`),
    );
    expect(second.items.map(({ version }) => version)).toEqual([1]);
    expect(second.next).toBeUndefined();
  });

  it('is written in both languages', async () => {
    const answer = await practice.admin.post('/v1/practice/consent-texts', { nl: TEXT.nl, en: ' ' });
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors).toMatchObject([{ pointer: '/en' }]);
  });

  it('published twice with one key is one version', async () => {
    const { admin } = await openPractice(app);
    const key = { 'idempotency-key': 'tekst-1' };
    const first = await admin.post('/v1/practice/consent-texts', TEXT, key);
    const second = await admin.post('/v1/practice/consent-texts', TEXT, key);
    expect(second.json()).toEqual(first.json());
    expect(told<ConsentTextPage>(await admin.get('/v1/practice/consent-texts')).items).toHaveLength(2);
  });

  it('published by two at once makes two versions', async () => {
    const { admin } = await openPractice(app);
    const versions = (await Promise.all([publish(admin), publish(admin)])).map(({ version }) => version);
    expect(versions.sort()).toEqual([2, 3]);
  });

  it('does not change again, not even past the service', async () => {
    const granted = await rows<{ may: boolean }>(
      app,
      `select has_table_privilege('ademruimte_app', 'consent_texts', 'update')
           or has_any_column_privilege('ademruimte_app', 'consent_texts', 'update') as may`,
    );
    expect(granted).toEqual([{ may: false }]);
  });

  it('of another practice is not there', async () => {
    await publish(elsewhere.admin);
    const { items } = told<ConsentTextPage>(await coach.get('/v1/practice/consent-texts?limit=100'));
    expect(items.length).toBe(
      (await rows(app, 'select from consent_texts where practice_id = $1', [practice.id])).length,
    );
  });
});

describe('a new version', () => {
  it('asks again, while the consent to the older one stands', async () => {
    const client = await openFileWithAccount(app, coach);
    const { textVersion } = await inForce(client);
    expect(await standing(client)).toEqual({
      inForce: true,
      textVersion,
      currentTextVersion: textVersion,
      newTextWaits: false,
    });
    const { version } = await publish();
    expect(await standing(client)).toEqual({
      inForce: true,
      textVersion,
      currentTextVersion: version,
      newTextWaits: true,
    });
    told(await writeNoteOf(client));
    told(await client.post('/v1/me/consents', { textVersion: version }));
    expect(await standing(client)).toMatchObject({ textVersion: version, newTextWaits: false });
    expect((await ownConsents(client)).items.map((consent) => consent.inForce)).toEqual([true, false]);
  });

  it('is what one consents to in the portal: not to a text that was renewed meanwhile', async () => {
    const client = await openFileWithAccount(app, coach);
    const { textVersion: read } = await inForce(client);
    const { version } = await publish();
    const answer = await client.post('/v1/me/consents', { textVersion: read });
    expect(refusalOf(answer)).toEqual([409, 'consent-text-outdated']);
    expect(answer.json()).toMatchObject({ textVersion: version });
  });

  it('does not undo the paper that was signed before', async () => {
    const { version } = await publish();
    const { id } = await openFile(coach);
    const older = { channel: 'paper', givenOn: '2026-01-05', textVersion: version - 1 };
    expect(told(await coach.post(`/v1/clients/${id}/consents`, older))).toMatchObject({
      textVersion: version - 1,
      inForce: true,
    });
  });

  it('is no concern of who is no client', async () => {
    expect(told<MeView>(await coach.get('/v1/me')).consent).toBeUndefined();
  });
});

describe('withdrawing consent', () => {
  it('takes one call, and takes back every consent that it came in place of', async () => {
    const client = await openFileWithAccount(app, coach);
    told(await client.post('/v1/me/consents', {}));
    const { id } = await inForce(client);
    expect((await client.delete(`/v1/me/consents/${id}`)).statusCode).toBe(204);
    const { items } = await ownConsents(client);
    expect(items).toHaveLength(2);
    for (const consent of items) {
      expect(consent).toMatchObject({ inForce: false, withdrawnOn: today(), withdrawalChannel: 'portal' });
    }
    expect(await standing(client)).toMatchObject({ inForce: false, newTextWaits: false });
    expect(refusalOf(await client.delete(`/v1/me/consents/${id}`))).toEqual([409, 'consent-not-in-force']);
  });

  it('is put on file from paper too, by coach or admin', async () => {
    for (const by of [coach, practice.admin]) {
      const { id } = await openFile(coach);
      const [consent] = await consentsOf(id);
      const url = `/v1/clients/${id}/consents/${consent!.id}/withdrawal`;
      expect(told(await by.post(url, { withdrawnOn: '2026-02-03' }))).toMatchObject({
        inForce: false,
        withdrawnOn: '2026-02-03',
        withdrawalChannel: 'paper',
      });
      expect(refusalOf(await by.post(url))).toEqual([409, 'consent-not-in-force']);
      expect(told(await coach.get(`/v1/clients/${id}`))).toMatchObject({ hasConsent: false });
    }
  });

  it('from paper sent twice with one key is one withdrawal', async () => {
    const { id } = await openFile(coach);
    const [consent] = await consentsOf(id);
    const url = `/v1/clients/${id}/consents/${consent!.id}/withdrawal`;
    const key = { 'idempotency-key': 'papier-1' };
    const first = await coach.post(url, {}, key);
    expect((await coach.post(url, {}, key)).json()).toEqual(first.json());
  });

  it.each([
    ['tomorrow', '2150-01-01'],
    ['before it was given', '2026-01-04'],
  ])('is not dated %s', async (_, withdrawnOn) => {
    const { id } = await openFile(coach);
    const [consent] = await consentsOf(id);
    const answer = await coach.post(`/v1/clients/${id}/consents/${consent!.id}/withdrawal`, { withdrawnOn });
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors).toMatchObject([{ pointer: '/withdrawnOn' }]);
  });

  it('of a consent on another file is not found', async () => {
    const [one, other] = [await openFile(coach), await openFile(coach)];
    const [consent] = await consentsOf(other.id);
    const url = `/v1/clients/${one.id}/consents/${consent!.id}/withdrawal`;
    expect((await coach.post(url)).statusCode).toBe(404);
    const theirs = `/v1/clients/${other.id}/consents/${consent!.id}/withdrawal`;
    expect((await practice.otherCoach.post(theirs)).statusCode).toBe(404);
    expect((await elsewhere.admin.post(theirs)).statusCode).toBe(404);
    expect((await consentsOf(other.id))[0]).toMatchObject({ inForce: true });
  });

  it('stops every way in which something about health is written, at once', async () => {
    const client = await openFileWithAccount(app, coach);
    const { clientId } = client;
    const session = await planSession(coach, clientId, { startsAt: longAgo() });
    const draft = await writeNote(coach, clientId);
    const homework = await assign(coach, clientId, { startOn: today() });
    const log = { doneOn: today(), outcome: 'done' };
    const written = `/v1/me/assignments/${homework.id}/logs/${randomUUID()}`;
    told(await client.put(written, log));
    const { id } = await inForce(client);
    expect((await client.delete(`/v1/me/consents/${id}`)).statusCode).toBe(204);

    const { exerciseId } = homework;
    const attempts: [string, () => ReturnType<Caller['get']>][] = [
      ['question', () => coach.patch(`/v1/clients/${clientId}`, { question: 'Hoe nu verder?' })],
      ['stress', () => coach.patch(`/v1/clients/${clientId}`, { stressors: ['money'] })],
      [
        'observation',
        () => coach.put(`/v1/sessions/${session.id}/observation`, NOTHING_SEEN, { 'if-none-match': '*' }),
      ],
      [
        'completion',
        () => coach.post(`/v1/sessions/${session.id}/completion`, { observation: NOTHING_SEEN }),
      ],
      ['note', () => coach.post(`/v1/clients/${clientId}/notes`, { visibility: 'private', body: 'Nee.' })],
      [
        'session note',
        () => coach.post(`/v1/sessions/${session.id}/notes`, { visibility: 'private', body: 'Nee.' }),
      ],
      ['draft', () => coach.patch(`/v1/notes/${draft.id}`, { body: 'Nee.' }, seen(draft))],
      [
        'assignment',
        () =>
          coach.post(`/v1/clients/${clientId}/assignments`, {
            exerciseId,
            moment: 'any',
            rhythm: { kind: 'free' },
            startOn: today(),
            message: 'Neem de tijd.',
          }),
      ],
      ['message', () => coach.patch(`/v1/assignments/${homework.id}`, { message: 'Neem de tijd.' })],
      ['log', () => client.put(`/v1/me/assignments/${homework.id}/logs/${randomUUID()}`, log)],
      ['correction', () => client.put(written, { ...log, remark: 'Toch nog iets.' })],
    ];
    const told409 = await Promise.all(
      attempts.map(async ([what, attempt]) => {
        const answer = await attempt();
        return [what, answer.statusCode, problemOf(answer), Boolean(answer.json().detail)];
      }),
    );
    expect(told409).toEqual(attempts.map(([what]) => [what, 409, 'consent-required', true]));
  });

  it('leaves an audit event with its channel and without a word', async () => {
    const client = await openFileWithAccount(app, coach);
    const { id } = await inForce(client);
    const answer = await client.delete(`/v1/me/consents/${id}`);
    expect(
      await rows(app, 'select event, ground, object_id from audit_events where request_id = $1', [
        answer.headers['x-request-id'],
      ]),
    ).toEqual([{ event: 'consent.withdrawn', ground: 'portal', object_id: id }]);
  });
});

const writeNoteOf = (client: Caller) =>
  coach.post(`/v1/clients/${client.clientId}/notes`, { visibility: 'private', body: 'Rustig gesprek.' });
