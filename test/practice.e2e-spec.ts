import type { PracticeView } from '../src/practices/practice.dto.js';
import type { VocabulariesView } from '../src/practices/vocabulary.dto.js';
import { type TestApp, startApp } from './support/app.js';
import { Caller, told } from './support/caller.js';
import { openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';

let app: TestApp;
let practice: TestPractice;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
});
afterAll(() => app.close());

describe('a practice', () => {
  it('begins with the settings of the house', async () => {
    expect(told(await practice.admin.get('/v1/practice'))).toEqual({
      id: practice.id,
      slug: practice.slug,
      name: expect.stringMatching(/^Praktijk \d+$/),
      timeZone: 'Europe/Amsterdam',
      language: 'nl',
      assignmentLimit: 3,
      assignmentWeeks: 4,
      mailSignIn: false,
      secondFactorRequired: false,
      helpNl: expect.stringContaining('0800-0113'),
      helpEn: expect.stringContaining('0800-0113'),
      tensionAlarm: false,
      regime: 'coach',
      version: 1,
    });
  });

  it('changes what is named, and keeps the rest', async () => {
    const { admin } = await openPractice(app);
    const answer = await admin.patch('/v1/practice', { timeZone: 'America/Curacao', assignmentLimit: 2 });
    expect(told(answer)).toMatchObject({
      timeZone: 'America/Curacao',
      assignmentLimit: 2,
      assignmentWeeks: 4,
      version: 2,
    });
    expect(answer.headers['etag']).toBe('"2"');
  });

  it('is not changed on an older version', async () => {
    const { admin } = await openPractice(app);
    told(await admin.patch('/v1/practice', { name: 'Nieuw' }, { 'if-match': '"1"' }));
    expect((await admin.patch('/v1/practice', { name: 'Oud' }, { 'if-match': '"1"' })).statusCode).toBe(412);
    expect(told<PracticeView>(await admin.get('/v1/practice')).name).toBe('Nieuw');
  });

  it('changed by two at the same moment keeps both changes', async () => {
    const { admin } = await openPractice(app);
    await Promise.all([
      admin.patch('/v1/practice', { assignmentLimit: 5 }),
      admin.patch('/v1/practice', { assignmentWeeks: 6 }),
    ]);
    expect(told(await admin.get('/v1/practice'))).toMatchObject({
      assignmentLimit: 5,
      assignmentWeeks: 6,
      version: 3,
    });
  });

  it.each([
    ['a zone that is none', { timeZone: 'Mars/Olympus' }, '/timeZone'],
    ['an offset for a zone', { timeZone: '+01:00' }, '/timeZone'],
    ['no assignment at all', { assignmentLimit: 0 }, '/assignmentLimit'],
    ['too many weeks', { assignmentWeeks: 53 }, '/assignmentWeeks'],
    ['half a week', { assignmentWeeks: 1.5 }, '/assignmentWeeks'],
    ['a language we do not speak', { language: 'de' }, '/language'],
    ['an empty name', { name: '   ' }, '/name'],
    ['its slug, which stands in addresses', { slug: 'anders' }, '/slug'],
  ])('refuses %s', async (_, change, pointer) => {
    const answer = await practice.admin.patch('/v1/practice', change);
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors).toEqual([expect.objectContaining({ pointer })]);
  });

  it('is read and changed by its admin only', async () => {
    const client = await openFileWithAccount(app, practice.coach);
    for (const caller of [practice.coach, client]) {
      expect((await caller.get('/v1/practice')).statusCode).toBe(403);
      expect((await caller.patch('/v1/practice', { name: 'Van mij' })).statusCode).toBe(403);
    }
    expect((await new Caller(app).get('/v1/practice')).statusCode).toBe(401);
  });
});

describe('the vocabularies', () => {
  it('are open to all, with a name in Dutch and English for every code', async () => {
    const vocabularies = told<VocabulariesView>(await new Caller(app).get('/v1/vocabularies'));
    expect(vocabularies.recoverySignals).toContainEqual({
      code: 'deep_sigh',
      nl: 'diepe zucht',
      en: 'deep sigh',
    });
    for (const entry of Object.values(vocabularies).flat() as { nl: string; en: string }[]) {
      expect([entry.nl, entry.en].every((name) => name.length > 0)).toBe(true);
    }
  });
});
