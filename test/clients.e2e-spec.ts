import { type TestApp, startApp } from './support/app.js';
import { type Caller, problemOf, told } from './support/caller.js';
import { openFile, openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';
import type { ClientPage, ClientView } from '../src/clients/client.dto.js';

let app: TestApp;
let practice: TestPractice;
let coach: Caller;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  coach = practice.coach;
});
afterAll(() => app.close());

const consent = { channel: 'paper', givenOn: '2026-03-02' };
const sanne = { name: 'Sanne Bakker', language: 'nl' };

describe('opening a file', () => {
  it('makes a prospect of the coach who opens it', async () => {
    const answer = await coach.post('/v1/clients', { ...sanne, email: 'Sanne@Bakker.example' });
    expect(answer.statusCode).toBe(201);
    expect(answer.headers['location']).toBe(`/v1/clients/${answer.json().id}`);
    expect(answer.json()).toMatchObject({
      status: 'prospect',
      coachId: coach.id,
      email: 'sanne@bakker.example',
    });
  });

  it('stores a question only with consent', async () => {
    const answer = await coach.post('/v1/clients', { ...sanne, question: 'Hoe kom ik tot rust?' });
    expect(answer.statusCode).toBe(409);
    expect(problemOf(answer)).toBe('consent-required');
  });

  it('leaves nothing behind when it is refused', async () => {
    const before = told<ClientPage>(await coach.get('/v1/clients?limit=100')).items.length;
    await coach.post('/v1/clients', { ...sanne, question: 'Hoe kom ik tot rust?' });
    expect(told<ClientPage>(await coach.get('/v1/clients?limit=100')).items).toHaveLength(before);
  });

  it('takes the paper form in the same call', async () => {
    const intake = {
      question: 'Hoe kom ik tot rust?',
      stressKind: 'chronic',
      since: '2025-09-01',
      stressors: ['money'],
    };
    const opened = told<ClientView>(await coach.post('/v1/clients', { ...sanne, ...intake, consent }));
    expect(told(await coach.get(`/v1/clients/${opened.id}`))).toMatchObject({ ...intake, hasConsent: true });
  });

  it('tells which field is wrong, in the language that is asked for', async () => {
    const answer = await coach.post(
      '/v1/clients',
      { ...sanne, phone: '06-12345678', nickname: 'San' },
      { 'accept-language': 'nl' },
    );
    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors).toEqual([
      { pointer: '/nickname', detail: 'Dit veld bestaat niet.' },
      {
        pointer: '/phone',
        detail: 'Dit is geen telefoonnummer in internationale vorm (zoals +31612345678).',
      },
    ]);
  });

  it('sent twice with one key makes one file', async () => {
    const key = { 'idempotency-key': 'opening-1' };
    const first = await coach.post('/v1/clients', sanne, key);
    const second = await coach.post('/v1/clients', sanne, key);
    expect(second.statusCode).toBe(201);
    expect(second.json()).toEqual(first.json());
  });

  it('refuses the same key for another body', async () => {
    const key = { 'idempotency-key': 'opening-2' };
    await coach.post('/v1/clients', sanne, key);
    const answer = await coach.post('/v1/clients', { ...sanne, name: 'Iemand anders' }, key);
    expect(problemOf(answer)).toBe('repeat-differs');
  });

  it('lets an admin open a file for a coach, without a word about stress', async () => {
    const file = { ...sanne, coachId: coach.id, consent };
    expect((await practice.admin.post('/v1/clients', file)).statusCode).toBe(201);
    const answer = await practice.admin.post('/v1/clients', { ...file, question: 'Hoe kom ik tot rust?' });
    expect(answer.json().errors).toEqual([
      { pointer: '/question', detail: "Only the client's own coach records this." },
    ]);
  });

  it('refuses a coach who names another coach', async () => {
    const answer = await coach.post('/v1/clients', { ...sanne, coachId: practice.otherCoach.id });
    expect(answer.statusCode).toBe(422);
  });
});

describe('a file', () => {
  it('is not found by another coach, and looks the same as one that does not exist', async () => {
    const { id } = await openFile(coach);
    const other = await practice.otherCoach.get(`/v1/clients/${id}`);
    const nowhere = await practice.otherCoach.get('/v1/clients/0196f3a0-1111-7222-8333-444455556666');
    expect([other.statusCode, other.json().title]).toEqual([404, nowhere.json().title]);
  });

  it('shows an admin who it is, and nothing of what they came with', async () => {
    const { id } = await openFile(coach, { question: 'Waarom slaap ik niet?', stressKind: 'acute' });
    const seen = told<ClientView>(await practice.admin.get(`/v1/clients/${id}`));
    expect(seen.name).toMatch(/^Cliënt/);
    expect(seen).not.toHaveProperty('question');
    expect(seen).not.toHaveProperty('stressKind');
  });

  it('keeps what a merge patch leaves out and clears what it sets to null', async () => {
    const { id } = await openFile(coach, { question: 'Eerst?', stressKind: 'acute', company: 'Bakker bv' });
    const changed = told<ClientView>(
      await coach.patch(`/v1/clients/${id}`, { stressKind: null, company: null }),
    );
    expect(changed).toMatchObject({ question: 'Eerst?' });
    expect(changed).not.toHaveProperty('stressKind');
    expect(changed).not.toHaveProperty('company');
  });

  it('is not overwritten by who saw an older version', async () => {
    const { id, version } = await openFile(coach);
    await coach.patch(`/v1/clients/${id}`, { company: 'Een' }, { 'if-match': `"${version}"` });
    const late = await coach.patch(`/v1/clients/${id}`, { company: 'Twee' }, { 'if-match': `"${version}"` });
    expect(late.statusCode).toBe(412);
    expect(told(await coach.get(`/v1/clients/${id}`))).toMatchObject({ company: 'Een' });
  });

  it('pauses and goes on, and says why it cannot', async () => {
    const { id } = await openFile(coach);
    expect(told(await coach.post(`/v1/clients/${id}/pause`))).toMatchObject({ status: 'paused' });
    const again = await coach.post(`/v1/clients/${id}/pause`);
    expect([again.statusCode, problemOf(again)]).toEqual([409, 'wrong-state']);
    expect(told(await coach.post(`/v1/clients/${id}/resumption`))).toMatchObject({ status: 'active' });
  });
});

describe('the list of files', () => {
  it('goes by name, page by page, each file once', async () => {
    const names = ['Eva', 'anna', 'Bram', 'dirk', 'Cato'];
    for (const name of names) await openFile(practice.otherCoach, { name });
    const seen: string[] = [];
    for (let url: string | undefined = '/v1/clients?limit=2'; url;) {
      const page: ClientPage = told(await practice.otherCoach.get(url));
      seen.push(...page.items.map(({ name }) => name));
      url = page.next && `/v1/clients?limit=2&cursor=${page.next}`;
    }
    expect(seen).toEqual(['anna', 'Bram', 'Cato', 'dirk', 'Eva']);
  });

  it('refuses a cursor that is not one of its own', async () => {
    const answer = await coach.get(`/v1/clients?cursor=${Buffer.from('["x"]').toString('base64url')}`);
    expect(answer.json().errors).toEqual([
      { parameter: 'cursor', detail: 'This is not a place in this list.' },
    ]);
  });
});

describe('consent', () => {
  it('is given by the client in the portal, with the text at hand', async () => {
    const client = await openFileWithAccount(app, coach, { consent: undefined });
    const { text } = told<{ text: { version: number; nl: string } }>(await client.get('/v1/me/consents'));
    expect(text.nl).toContain('toestemming');
    expect((await client.post('/v1/me/consents', { textVersion: text.version })).statusCode).toBe(201);
    expect(told(await coach.get(`/v1/clients/${client.clientId}`))).toMatchObject({ hasConsent: true });
  });

  it('that is withdrawn stops new data at once', async () => {
    const client = await openFileWithAccount(app, coach);
    const { items } = told<{ items: { id: string }[] }>(await client.get('/v1/me/consents'));
    expect((await client.delete(`/v1/me/consents/${items[0]!.id}`)).statusCode).toBe(204);
    const answer = await coach.patch(`/v1/clients/${client.clientId}`, { question: 'Nog iets?' });
    expect(problemOf(answer)).toBe('consent-required');
  });

  it('cannot be given in the future', async () => {
    const { id } = await openFile(coach);
    const answer = await coach.post(`/v1/clients/${id}/consents`, {
      channel: 'paper',
      givenOn: '2199-01-01',
    });
    expect(answer.json().errors[0].pointer).toBe('/givenOn');
  });
});
