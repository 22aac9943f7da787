import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuditEventPage } from '../src/audit/audit-log.dto.js';
import type { ClientSummary, ClientView } from '../src/clients/client.dto.js';
import type { ConsentList } from '../src/clients/consent.dto.js';
import type {
  IntakeForm,
  IntakeRequestPage,
  IntakeRequestView,
} from '../src/intake-requests/intake-request.dto.js';
import { Housekeeping } from '../src/jobs/housekeeping.js';
import { type TestApp, startApp } from './support/app.js';
import { Caller, problemOf, told } from './support/caller.js';
import { INTAKE } from './support/knowledge.js';
import {
  addUser,
  newestMail,
  openFileWithAccount,
  openPractice,
  type TestPractice,
} from './support/practice.js';
import { rows } from './support/rows.js';

let app: TestApp;
let practice: TestPractice;
let anybody: Caller;

beforeAll(async () => {
  app = await startApp();
  anybody = new Caller(app);
});
beforeEach(async () => {
  practice = await openPractice(app);
});
afterEach(() => app.clock.reset());
afterAll(() => app.close());

const form = ({ slug } = practice): string => `/v1/practices/${slug}/intake-requests`;
const send = (more: object = {}) => anybody.post(form(), { ...INTAKE, ...more });
const requests = async (reader = practice.coach, query = ''): Promise<IntakeRequestView[]> =>
  told<IntakeRequestPage>(await reader.get(`/v1/intake-requests${query}`)).items;
const received = async (more: object = {}): Promise<IntakeRequestView> => {
  told(await send(more));
  return (await requests())[0]!;
};
const accept = (id: string, coachId: string, by = practice.admin, headers?: Record<string, string>) =>
  by.post(`/v1/intake-requests/${id}/acceptance`, { coachId }, headers);

describe('the form on a website', () => {
  it('shows the consent text as it reads now, in both languages, to anybody', async () => {
    const url = `/v1/practices/${practice.slug}/intake-form`;
    const nl = await anybody.get(`${url}?language=nl`);
    const { textVersion, consentText } = told<IntakeForm>(nl);
    expect(textVersion).toBe(1);
    expect(told<IntakeForm>(await anybody.get(url)).consentText).not.toBe(consentText);
    expect(nl.headers['cache-control']).toBe('public, max-age=300');
    expect((await anybody.get('/v1/practices/nergens/intake-form')).statusCode).toBe(404);
  });

  it('takes a request that coaches and admins read, and nobody else', async () => {
    const answer = await send();
    expect([answer.statusCode, answer.body]).toEqual([202, '']);
    for (const reader of [practice.coach, practice.otherCoach, practice.admin]) {
      const { consent, ...words } = INTAKE;
      expect(await requests(reader)).toEqual([
        expect.objectContaining({ ...words, status: 'new', textVersion: consent.textVersion }),
      ]);
    }
    const client = await openFileWithAccount(app, practice.coach);
    expect((await client.get('/v1/intake-requests')).statusCode).toBe(403);
    expect(await requests((await openPractice(app)).admin)).toEqual([]);
    expect((await anybody.get('/v1/intake-requests')).statusCode).toBe(401);
  });

  it('keeps no word of it in the open', async () => {
    await received();
    const [row] = await rows<{ row: string; request: Buffer }>(
      app,
      `select to_jsonb(r)::text as row, request from intake_requests r where practice_id = '${practice.id}'`,
    );
    for (const word of ['Iris', 'vandam', '31612345678', 'praten']) {
      expect(row!.row).not.toContain(word);
      expect(row!.request.toString('latin1')).not.toContain(word);
      expect(app.logged.join('\n')).not.toContain(word);
    }
    const jobs = await rows<{ data: object }>(
      app,
      "select data from jobs.job where name = 'mail-intake-request'",
    );
    expect(jobs.map(({ data }) => data)).toContainEqual({ practiceId: practice.id });
  });

  it('wants consent to the current text, and nothing less', async () => {
    const { consent: _, ...without } = INTAKE;
    for (const [input, pointer] of [
      [without, '/consent'],
      [{ ...INTAKE, consent: { accepted: false, textVersion: 1 } }, '/consent/accepted'],
      [{ ...INTAKE, consent: { accepted: 'true', textVersion: 1 } }, '/consent/accepted'],
      [{ ...INTAKE, consent: { accepted: true } }, '/consent/textVersion'],
      [{ ...INTAKE, consent: { accepted: true, textVersion: 2 } }, '/consent/textVersion'],
      [{ ...INTAKE, email: 'geen adres' }, '/email'],
      [{ ...INTAKE, message: ' ' }, '/message'],
      [{ ...INTAKE, name: 'a\nBcc: x@y.example' }, '/name'],
      [{ ...INTAKE, coachId: practice.coach.id }, '/coachId'],
    ] as const) {
      const answer = await anybody.post(form(), input);
      expect(answer.statusCode).toBe(422);
      expect(answer.json<{ errors: { pointer: string }[] }>().errors.map((one) => one.pointer)).toEqual([
        pointer,
      ]);
    }
    const text = { nl: 'Ik stem in met meer.', en: 'I consent to more.' };
    told(await practice.admin.post('/v1/practice/consent-texts', text));
    expect((await send()).statusCode).toBe(422);
    told(await send({ consent: { accepted: true, textVersion: 2 } }));
    expect(await requests()).toHaveLength(1);
  });

  it('answers a program that fills in everything as it answers a person, and keeps nothing', async () => {
    const person = await send({ website: '' });
    const program = await send({ website: 'https://spam.example' });
    expect([program.statusCode, program.body]).toEqual([person.statusCode, person.body]);
    const names = (headers: object): string[] => Object.keys(headers).sort();
    expect(names(program.headers)).toEqual(names(person.headers));
    expect(await requests()).toHaveLength(1);
    await app.runJobs();
    expect(mails(`admin@${practice.slug}.example`, 'aanvraag')).toBe(1);
    const refused = await send({
      website: 'https://spam.example',
      consent: { accepted: true, textVersion: 9 },
    });
    expect(refused.statusCode).toBe(422);
  });

  it('tells each admin by mail that there is a request, and not a word of it', async () => {
    await addUser(app, practice.admin, {
      name: 'Tweede Beheerder',
      email: `tweede@${practice.slug}.example`,
      roles: ['admin', 'coach'],
    });
    await send();
    await app.runJobs();
    for (const to of [`admin@${practice.slug}.example`, `tweede@${practice.slug}.example`]) {
      const mail = newestMail(app, to);
      expect(mail).toContain('Een nieuwe aanvraag bij Praktijk');
      expect(mail).toContain('https://portal.example/intake-requests');
      expect(mail).not.toMatch(/Iris|vandam|31612345678|praten|altijd aan/);
    }
    expect(mails(`coach@${practice.slug}.example`, 'aanvraag')).toBe(0);
  });
});

describe('a request that is accepted', () => {
  it('is a prospect of the named coach with one call, with the consent and the question', async () => {
    app.clock.set('2026-03-01T23:30:00Z');
    const { id } = await received();
    app.clock.reset();
    const answer = await accept(id, practice.otherCoach.id);
    const client = told<ClientSummary>(answer);
    expect(answer.statusCode).toBe(201);
    expect(answer.headers['location']).toBe(`/v1/clients/${client.id}`);
    expect(client).toMatchObject({
      name: INTAKE.name,
      email: INTAKE.email,
      phone: INTAKE.phone,
      language: 'nl',
      status: 'prospect',
      coachId: practice.otherCoach.id,
      hasConsent: true,
    });
    const { otherCoach } = practice;
    const file = told<ClientView>(await otherCoach.get(`/v1/clients/${client.id}`));
    expect(file.question).toBe(INTAKE.message);
    expect(told<ClientView>(await practice.admin.get(`/v1/clients/${client.id}`))).not.toHaveProperty(
      'question',
    );
    expect((await practice.coach.get(`/v1/clients/${client.id}`)).statusCode).toBe(404);
    const consents = told<ConsentList>(await otherCoach.get(`/v1/clients/${client.id}/consents`));
    expect(consents.items).toEqual([
      expect.objectContaining({ textVersion: 1, channel: 'portal', givenOn: '2026-03-02', inForce: true }),
    ]);
    await app.runJobs();
    const [request] = await requests();
    expect(request).toMatchObject({ id, status: 'accepted' });
    expect(request).not.toHaveProperty('name');
    const { items } = told<AuditEventPage>(
      await practice.admin.get(`/v1/audit-events?clientId=${client.id}`),
    );
    expect(items.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['client.opened', 'consent.given', 'intake_request.accepted']),
    );
  });

  it('is accepted once, also by two at once, and told again to who repeats it', async () => {
    const { id } = await received();
    const key = { 'idempotency-key': `accept-${id}` };
    const first = told<ClientSummary>(await accept(id, practice.coach.id, practice.coach, key));
    expect(told<ClientSummary>(await accept(id, practice.coach.id, practice.coach, key)).id).toBe(first.id);
    const late = await accept(id, practice.coach.id);
    expect([late.statusCode, problemOf(late)]).toEqual([409, 'wrong-state']);
    const { id: wanted } = await received();
    const both = await Promise.all([
      accept(wanted, practice.coach.id),
      accept(wanted, practice.otherCoach.id, practice.otherCoach),
    ]);
    expect(both.map(({ statusCode }) => statusCode).sort()).toEqual([201, 409]);
  });

  it('goes to a coach of the practice, and to nobody else', async () => {
    const { id, version } = await received();
    const elsewhere = await openPractice(app);
    for (const coachId of [practice.admin.id, elsewhere.coach.id]) {
      expect((await accept(id, coachId)).statusCode).toBe(422);
    }
    expect((await accept(id, elsewhere.coach.id, elsewhere.coach)).statusCode).toBe(404);
    expect((await accept(id, practice.coach.id, practice.admin, { 'if-match': '"9"' })).statusCode).toBe(412);
    expect(await requests()).toMatchObject([{ id, version, status: 'new', name: INTAKE.name }]);
    const [left] = await rows<{ clients: number }>(
      app,
      `select count(*)::int as clients from clients where practice_id = '${practice.id}'`,
    );
    expect(left!.clients).toBe(0);
  });

  it('keeps the consent to the text that was shown, whatever the practice wrote since', async () => {
    const { id } = await received();
    told(
      await practice.admin.post('/v1/practice/consent-texts', { nl: 'Ik stem in met meer.', en: 'More.' }),
    );
    const { id: clientId } = told<ClientSummary>(await accept(id, practice.coach.id));
    const { items } = told<ConsentList>(await practice.coach.get(`/v1/clients/${clientId}/consents`));
    expect(items[0]!.textVersion).toBe(1);
  });
});

describe('a request that is not accepted', () => {
  it('is emptied when it is refused, and cannot be accepted any more', async () => {
    const { id } = await received();
    const refused = told<IntakeRequestView>(await practice.coach.post(`/v1/intake-requests/${id}/refusal`));
    expect(refused).toMatchObject({ id, status: 'refused' });
    expect(refused).not.toHaveProperty('message');
    const [row] = await rows<{ request: Buffer | null }>(
      app,
      `select request from intake_requests where id = '${id}'`,
    );
    expect(row!.request).toBeNull();
    expect((await accept(id, practice.coach.id)).statusCode).toBe(409);
    expect((await practice.admin.post(`/v1/intake-requests/${id}/refusal`)).statusCode).toBe(409);
    expect(await requests(practice.coach, '?status=new')).toEqual([]);
    expect(await requests(practice.coach, '?status=refused')).toHaveLength(1);
  });

  it('is deleted after ninety days, and not before', async () => {
    app.clock.set('2026-01-01T09:00:00Z');
    const { id, deletedAt } = await received();
    expect(deletedAt).toBe('2026-04-01T09:00:00.000Z');
    app.clock.set('2026-02-01T09:00:00Z');
    told(await send());
    const left = async (): Promise<string[]> =>
      (
        await rows<{ id: string }>(
          app,
          `select id from intake_requests where practice_id = '${practice.id}' order by id`,
        )
      ).map((one) => one.id);
    app.clock.set('2026-04-01T08:59:59Z');
    await app.get(Housekeeping).run();
    expect(await left()).toHaveLength(2);
    app.clock.set('2026-04-01T09:00:00Z');
    await app.get(Housekeeping).run();
    expect(await left()).toHaveLength(1);
    expect(await left()).not.toContain(id);
    await app.get(Housekeeping).run();
    const dropped = await rows<{ row_count: number }>(
      app,
      `select row_count from audit_events where event = 'intake_requests.dropped' and practice_id = '${practice.id}'`,
    );
    expect(dropped).toEqual([{ row_count: 1 }]);
  });

  it('is listed page by page, newest first', async () => {
    for (let i = 0; i < 3; i += 1) await received({ name: `Vrager ${i}` });
    const first = told<IntakeRequestPage>(await practice.coach.get('/v1/intake-requests?limit=2'));
    expect(first.items.map(({ name }) => name)).toEqual(['Vrager 2', 'Vrager 1']);
    const rest = told<IntakeRequestPage>(
      await practice.coach.get(`/v1/intake-requests?limit=2&cursor=${first.next}`),
    );
    expect([rest.items.map(({ name }) => name), rest.next]).toEqual([['Vrager 0'], undefined]);
  });
});

// The last: another application in this process takes over who is signed in.
describe('a form that is sent too often', () => {
  it('lets who sends it wait, be it a person or a program', async () => {
    const strict = await startApp({ ATTEMPTS_FACTOR: '1' });
    try {
      const { slug } = await openPractice(strict);
      const visitor = new Caller(strict);
      const statuses: number[] = [];
      for (let i = 0; i < 6; i += 1) {
        const input = { ...INTAKE, ...(i % 2 && { website: 'x' }) };
        statuses.push((await visitor.post(`/v1/practices/${slug}/intake-requests`, input)).statusCode);
      }
      expect(statuses).toEqual([202, 202, 202, 202, 202, 429]);
    } finally {
      await strict.close();
    }
  });
});

/** How many mails with this word in them went to an address. */
function mails(to: string, word: string): number {
  const folder = join(app.folder, 'mail');
  return readdirSync(folder)
    .map((file) => readFileSync(join(folder, file), 'utf8'))
    .filter((mail) => mail.includes(`To: ${to}`) && mail.includes(word)).length;
}
