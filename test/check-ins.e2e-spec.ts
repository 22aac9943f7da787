import { randomUUID } from 'node:crypto';
import type { CheckInPage, CheckInView } from '../src/homework/check-ins/check-in.dto.js';
import type { PracticeVocabularyView } from '../src/practices/practice-vocabulary.dto.js';
import { type TestApp, startApp } from './support/app.js';
import { type Caller, problemOf, told } from './support/caller.js';
import { openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';

let app: TestApp;
let practice: TestPractice;
let coach: Caller;
let client: Caller;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  coach = practice.coach;
});
beforeEach(async () => {
  app.clock.set('2026-03-10T09:00:00Z');
  client = await openFileWithAccount(app, coach);
});
afterEach(() => app.clock.reset());
afterAll(() => app.close());

const whole = {
  on: '2026-03-10',
  tension: 6,
  stressSignals: ['shallow_sleep', 'muscle_tension'],
  recoverySignals: ['deep_sigh'],
  conditions: { safety: 7, rest: 3, presence: 5, acceptance: 4, naturalRhythm: 2 },
  remark: 'Een volle week, en toch geslapen.',
};
const brief = { on: '2026-03-10', tension: 5, stressSignals: [], conditions: {} };

const put = (
  body: object,
  {
    id = randomUUID(),
    headers = {},
    who = client,
  }: { id?: string; headers?: Record<string, string>; who?: Caller } = {},
) => who.put(`/v1/me/check-ins/${id}`, body, headers);
const own = async (who = client): Promise<CheckInView[]> =>
  told<CheckInPage>(await who.get('/v1/me/check-ins')).items;
const seen = async (): Promise<CheckInView[]> =>
  told<CheckInPage>(await coach.get(`/v1/clients/${client.clientId}/check-ins`)).items;

describe('a check-in', () => {
  it('is kept by an id of the client’s own choice, on any day', async () => {
    const id = randomUUID();
    const answer = await put(whole, { id });
    expect([answer.statusCode, answer.headers['etag']]).toEqual([201, '"1"']);
    expect(answer.json()).toEqual({
      id,
      ...whole,
      sharing: 'numbers',
      checkedAt: '2026-03-10T09:00:00.000Z',
      version: 1,
    });
    expect(await own()).toEqual([answer.json()]);
  });

  it('says no more than the client looked at', async () => {
    const answer = await put({ ...brief, conditions: { rest: 0 } });
    expect(answer.json()).toMatchObject({ conditions: { rest: 0 }, stressSignals: [], recoverySignals: [] });
    expect(answer.json().conditions).toEqual({ rest: 0 });
    expect(answer.json()).not.toHaveProperty('remark');
  });

  it('told again stays as it is; told otherwise is a correction, which keeps what stood, sealed', async () => {
    const id = randomUUID();
    await put(whole, { id });
    const again = await put({ ...whole, stressSignals: ['muscle_tension', 'shallow_sleep'] }, { id });
    expect([again.statusCode, again.headers['etag']]).toEqual([200, '"1"']);
    const changed = await put({ ...whole, tension: 2, remark: 'Bij nader inzien.' }, { id });
    expect([changed.statusCode, changed.headers['etag']]).toEqual([200, '"2"']);
    expect(await own()).toEqual([changed.json()]);
    const stood = await rows<{ version: number; stood: Buffer }>(
      app,
      'select version, stood from check_in_corrections where check_in_id = $1',
      [id],
    );
    expect(stood.map(({ version }) => version)).toEqual([1]);
    expect(stood[0]!.stood.includes('volle week')).toBe(false);
  });

  it('is sealed where it is words, and moved to another place its words do not open', async () => {
    const id = randomUUID();
    await put(whole, { id });
    const [kept] = await rows<{ remark: Buffer }>(
      app,
      'select remark from check_in_remarks where check_in_id = $1',
      [id],
    );
    expect(kept!.remark.includes('volle')).toBe(false);
    await rows(app, 'update check_in_remarks set version = 7 where check_in_id = $1', [id]);
    expect((await client.get('/v1/me/check-ins')).statusCode).toBe(500);
  });

  it('is one a day, whichever way it comes', async () => {
    const id = randomUUID();
    await put(brief, { id });
    const second = await put(brief);
    expect([second.statusCode, problemOf(second)]).toEqual([409, 'checked-in-that-day']);
    expect(second.json()).toMatchObject({ checkInId: id });
    const other = randomUUID();
    expect((await put({ ...brief, on: '2026-03-09' }, { id: other })).statusCode).toBe(201);
    expect(problemOf(await put({ ...brief, on: '2026-03-10' }, { id: other }))).toBe('checked-in-that-day');
    const atOnce = await Promise.all([1, 2, 3].map(() => put({ ...brief, on: '2026-03-08' })));
    expect(atOnce.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409, 409]);
  });

  it('knows an id once in a file, and not whether another client uses it', async () => {
    const id = randomUUID();
    await put(whole, { id });
    const other = await openFileWithAccount(app, coach);
    expect((await put(brief, { id, who: other })).statusCode).toBe(201);
    expect(await own()).toMatchObject([{ tension: 6, version: 1 }]);
    expect(await own(other)).toMatchObject([{ tension: 5, version: 1 }]);
  });

  it('is about today or one of the seven days before, where the practice is', async () => {
    app.clock.set('2026-03-10T23:30:00Z');
    const answers = await Promise.all(
      ['2026-03-12', '2026-03-11', '2026-03-04', '2026-03-03'].map((on) => put({ ...brief, on })),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([422, 201, 201, 422]);
    expect(answers[0]!.json().errors).toMatchObject([{ pointer: '/on' }]);
  });

  it('can be corrected at any later time, as long as its day is left alone', async () => {
    const id = randomUUID();
    await put(brief, { id });
    app.clock.set('2026-06-01T09:00:00Z');
    expect((await put({ ...brief, tension: 1 }, { id })).statusCode).toBe(200);
    expect((await put({ ...brief, on: '2026-03-09' }, { id })).statusCode).toBe(422);
  });

  it('is not overwritten by who saw an older version', async () => {
    const id = randomUUID();
    const headers = { 'if-match': '"1"' };
    expect((await put(brief, { id, headers })).statusCode).toBe(412);
    await put(brief, { id });
    expect((await put({ ...brief, tension: 1 }, { id, headers })).statusCode).toBe(200);
    expect((await put({ ...brief, tension: 2 }, { id, headers })).statusCode).toBe(412);
  });

  it('waits for consent, and for an open file', async () => {
    const { items } = told<{ items: { id: string }[] }>(await client.get('/v1/me/consents'));
    await client.delete(`/v1/me/consents/${items[0]!.id}`);
    expect(problemOf(await put(brief))).toBe('consent-required');
    const closed = await openFileWithAccount(app, coach);
    await rows(app, "update clients set status = 'closed', closed_at = now() where id = $1", [
      closed.clientId,
    ]);
    expect(problemOf(await put(brief, { who: closed }))).toBe('file-closed');
  });

  it.each([
    ['more tension than there is', { tension: 11 }, '/tension'],
    ['no tension', { tension: undefined }, '/tension'],
    ['a signal that nobody knows', { stressSignals: ['sneezing'] }, '/stressSignals'],
    ['a signal twice', { stressSignals: ['headache', 'headache'] }, '/stressSignals'],
    ['a condition that is none', { conditions: { money: 3 } }, '/conditions/money'],
    ['a condition beyond the scale', { conditions: { rest: 11 } }, '/conditions/rest'],
    ['a recovery signal that is not known', { recoverySignals: ['sneezing'] }, '/recoverySignals'],
    ['a day that does not exist', { on: '2026-02-30' }, '/on'],
    ['a field that does not exist', { score: 3 }, '/score'],
  ])('is refused with %s', async (_, wrong, pointer) => {
    const answer = await put({ ...whole, ...wrong });
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors.map((one: { pointer: string }) => one.pointer)).toEqual([pointer]);
  });
});

describe('what the coach sees of check-ins', () => {
  it('is what the client shares of each, and changes with it', async () => {
    const id = randomUUID();
    await put({ ...whole, on: '2026-03-08', sharing: 'private' });
    await put({ ...whole, on: '2026-03-09', sharing: 'all' });
    await put({ ...whole, on: '2026-03-10', sharing: 'numbers' }, { id });
    const [newest, older, ...more] = await seen();
    expect(more).toEqual([]);
    expect(newest).toMatchObject({ on: '2026-03-10', tension: 6, conditions: whole.conditions });
    expect(newest).not.toHaveProperty('remark');
    expect(older).toMatchObject({ on: '2026-03-09', remark: whole.remark });
    await put({ ...whole, on: '2026-03-10', sharing: 'private' }, { id });
    expect((await seen()).map(({ on }) => on)).toEqual(['2026-03-09']);
    expect((await own()).map(({ on }) => on)).toEqual(['2026-03-10', '2026-03-09', '2026-03-08']);
  });

  it('begins with the numbers, and then is what the client chose last', async () => {
    const sharings: (string | undefined)[] = [];
    const chosen: object[] = [{}, { sharing: 'all' }, {}, { sharing: 'private' }, {}];
    for (const [i, choice] of chosen.entries()) {
      app.clock.set(`2026-03-10T09:00:0${i}Z`);
      sharings.push(told<CheckInView>(await put({ ...brief, on: `2026-03-0${i + 4}`, ...choice })).sharing);
    }
    expect(sharings).toEqual(['numbers', 'all', 'all', 'private', 'private']);
  });

  it('comes in pages that do not show where something was left out', async () => {
    for (const [day, sharing] of [
      ['10', 'numbers'],
      ['09', 'private'],
      ['08', 'numbers'],
      ['07', 'numbers'],
    ]) {
      await put({ ...brief, on: `2026-03-${day}`, sharing });
    }
    const days: string[][] = [];
    const url = `/v1/clients/${client.clientId}/check-ins?limit=2`;
    for (let next: string | undefined = url; next;) {
      const page: CheckInPage = told(await coach.get(next));
      days.push(page.items.map(({ on }) => on.slice(-2)));
      next = page.next && `${url}&cursor=${page.next}`;
    }
    expect(days).toEqual([['10', '08'], ['07']]);
  });

  it('is nothing to another coach, and not for an admin', async () => {
    await put(whole);
    const url = `/v1/clients/${client.clientId}/check-ins`;
    expect((await practice.otherCoach.get(url)).statusCode).toBe(404);
    expect((await practice.admin.get(url)).statusCode).toBe(403);
    expect((await client.get(url)).statusCode).toBe(403);
    expect((await (await openPractice(app)).coach.get(url)).statusCode).toBe(404);
  });

  it('goes along to the next coach of the file', async () => {
    await put({ ...whole, sharing: 'all' });
    told(
      await practice.admin.put(`/v1/clients/${client.clientId}/coach`, {
        coachId: practice.otherCoach.id,
        reason: 'Coen is met verlof.',
        privateNotesGoAlong: false,
      }),
    );
    const url = `/v1/clients/${client.clientId}/check-ins`;
    expect((await coach.get(url)).statusCode).toBe(404);
    expect(told<CheckInPage>(await practice.otherCoach.get(url)).items).toMatchObject([
      { remark: whole.remark },
    ]);
  });
});

describe('the words of a practice', () => {
  const word = (who: Caller, path: string, body: object, headers = {}) =>
    who.put(`/v1/practice/vocabulary/${path}`, body, headers);
  const words = async (who: Caller) => told<PracticeVocabularyView>(await who.get('/v1/practice/vocabulary'));

  it('are the shipped ones, until it has its own', async () => {
    const { admin } = await openPractice(app);
    const before = await words(admin);
    expect(before.stressSignals).toHaveLength(11);
    expect(before.conditions.map(({ code, offered }) => [code, offered])).toEqual(
      ['safety', 'rest', 'presence', 'acceptance', 'naturalRhythm'].map((code) => [code, true]),
    );
    told(await word(admin, 'stress_signals/headache', { nl: 'druk op het hoofd', en: 'pressure' }));
    told(await word(admin, 'stress_signals/low_energy', { nl: 'leeg', en: 'empty', offered: false }));
    told(await word(admin, 'stress_signals/palpitations', { nl: 'hartkloppingen', en: 'palpitations' }));
    told(await word(admin, 'conditions/safety', { nl: 'geborgenheid', en: 'feeling safe' }));
    const { stressSignals, conditions } = await words(admin);
    expect(stressSignals.map(({ code }) => code)).toEqual([
      ...before.stressSignals.map(({ code }) => code),
      'palpitations',
    ]);
    expect(stressSignals).toContainEqual(
      expect.objectContaining({ code: 'headache', nl: 'druk op het hoofd' }),
    );
    expect(stressSignals).toContainEqual(expect.objectContaining({ code: 'low_energy', offered: false }));
    expect(conditions[0]).toMatchObject({ code: 'safety', en: 'feeling safe' });
  });

  it('are what its clients may answer in, and nobody else’s', async () => {
    const palpitations = { ...brief, stressSignals: ['palpitations'] };
    expect((await put(palpitations)).statusCode).toBe(422);
    const names = { nl: 'hartkloppingen', en: 'palpitations' };
    const made = await word(practice.admin, 'stress_signals/palpitations', names);
    expect([made.statusCode, made.json()]).toEqual([
      200,
      { code: 'palpitations', ...names, offered: true, version: 1 },
    ]);
    expect((await put(palpitations)).statusCode).toBe(201);
    // A phone that does not know yet that it is no longer offered.
    told(await word(practice.admin, 'stress_signals/palpitations', { ...names, offered: false }));
    expect((await put({ ...palpitations, on: '2026-03-09' })).statusCode).toBe(201);
    const elsewhere = await openPractice(app);
    const stranger = await openFileWithAccount(app, elsewhere.coach);
    expect((await put(palpitations, { who: stranger })).statusCode).toBe(422);
    expect((await words(stranger)).stressSignals.map(({ code }) => code)).not.toContain('palpitations');
  });

  it('change by the admin alone, and not over what another wrote since', async () => {
    const { admin, coach: theirs } = await openPractice(app);
    const names = { nl: 'duizelig', en: 'dizzy' };
    expect((await word(theirs, 'stress_signals/dizzy', names)).statusCode).toBe(403);
    expect((await word(admin, 'stress_signals/dizzy', names, { 'if-match': '"1"' })).statusCode).toBe(412);
    told(await word(admin, 'stress_signals/dizzy', names));
    const changed = await word(
      admin,
      'stress_signals/dizzy',
      { ...names, en: 'giddy' },
      { 'if-match': '"1"' },
    );
    expect([changed.statusCode, changed.headers['etag']]).toEqual([200, '"2"']);
    expect((await word(admin, 'stress_signals/dizzy', names, { 'if-match': '"1"' })).statusCode).toBe(412);
  });

  it('have no other conditions than there are, and no endless list of signals', async () => {
    const { admin } = await openPractice(app);
    const names = { nl: 'geld', en: 'money' };
    const condition = await word(admin, 'conditions/money', names);
    expect([condition.statusCode, problemOf(condition)]).toEqual([409, 'unknown-condition']);
    expect((await word(admin, 'moments/noon', names)).statusCode).toBe(404);
    expect((await word(admin, 'stress_signals/No-Code', names)).statusCode).toBe(404);
    for (let i = 0; i < 50; i += 1) told(await word(admin, `stress_signals/sign_${i}`, names));
    expect(problemOf(await word(admin, 'stress_signals/sign_51', names))).toBe('vocabulary-full');
    told(await word(admin, 'stress_signals/headache', names));
    told(await word(admin, 'stress_signals/sign_7', names));
  });
});
