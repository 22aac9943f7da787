import { FIELD_CATALOGUE, FIELDS } from '../src/register/field-catalogue.js';
import type { LeakReport } from '../src/register/leak-report.dto.js';
import type { ProcessingRegister } from '../src/register/processing-register.dto.js';
import { type TestApp, startApp } from './support/app.js';
import { problemOf, told } from './support/caller.js';
import { openFile, openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';
import { sealAll } from './support/sealing.js';

let app: TestApp;
let practice: TestPractice;
const PATH = '/v1/practice/processing-register';

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
});
afterAll(() => app.close());

describe('the field catalogue', () => {
  it('classifies every column of every table once, and none that is not there', async () => {
    const columns = await rows<{ name: string }>(
      app,
      `select case n.nspname when 'public' then '' else n.nspname || '.' end || c.relname || '.' || a.attname as name
         from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
        where n.nspname !~ '^(pg_|information_schema$)' and c.relkind in ('r', 'p') and not c.relispartition
          and a.attnum > 0 and not a.attisdropped`,
    );
    const there = columns.map(({ name }) => name).sort();
    expect(there.length).toBeGreaterThan(400);
    const classified = FIELDS.map(({ table, column }) => `${table}.${column}`).sort();
    expect(classified).toEqual(there);
  });

  it('calls every sealed text about a person special, and what is special technical nowhere', async () => {
    const sealed = await rows<{ name: string; column: string }>(
      app,
      `select c.table_name as name, c.column_name as column from information_schema.columns c
         join information_schema.columns f using (table_schema, table_name)
        where c.table_schema = 'public' and c.data_type = 'bytea' and f.column_name = 'coach_id'
          and c.column_name not in ('wrapped', 'signature', 'unsubscribe_hash', 'file_key')`,
    );
    expect(sealed.length).toBeGreaterThan(12);
    for (const { name, column } of sealed) {
      expect([name, column, FIELD_CATALOGUE[name]?.columns.special?.split(' ')]).toEqual([
        name,
        column,
        expect.arrayContaining([column]),
      ]);
    }
  });
});

describe('the register of processing', () => {
  it('tells of each activity its purpose, ground, people and recipients, and of each field how long it is kept', async () => {
    const register = told<ProcessingRegister>(await practice.admin.get(PATH, { 'accept-language': 'nl' }));
    expect(register.contacts).toEqual([
      { name: 'Ada de Beheerder', email: `admin@${practice.slug}.example` },
    ]);
    expect(register.activities.flatMap(({ fields }) => fields)).toHaveLength(FIELDS.length);
    const coaching = register.activities.find(({ code }) => code === 'coaching')!;
    expect(coaching.ground).toContain('art. 9 lid 2 a');
    expect(coaching.fields).toContainEqual({
      table: 'note_bodies',
      column: 'body',
      class: 'special',
      kept: expect.stringContaining('2 jaar na de laatste sessie'),
    });
    const bookkeeping = register.activities.find(({ code }) => code === 'bookkeeping')!;
    expect(bookkeeping.fields).toContainEqual({
      table: 'sessions',
      column: 'price_cents',
      class: 'fiscal',
      kept: expect.stringMatching(/^Zeven jaar/),
    });
    expect(register.measures.length).toBeGreaterThan(3);
  });

  it('follows the regime and the term of the practice, and speaks English too', async () => {
    const { admin } = await openPractice(app);
    told(await admin.put('/v1/practice/regime', { regime: 'care_provider', reason: 'BIG-geregistreerd.' }));
    const kept = async (): Promise<Set<string>> => {
      const { activities } = told<ProcessingRegister>(await admin.get(PATH));
      return new Set(activities.find(({ code }) => code === 'coaching')!.fields.map((field) => field.kept));
    };
    expect(await kept()).toEqual(new Set([expect.stringContaining('20 years after the last session')]));
    told(await admin.put('/v1/retention/term', { years: 25, reason: 'Een beroepsvereniging vraagt het.' }));
    expect(await kept()).toEqual(new Set([expect.stringContaining('25 years after the last session')]));
  });

  it('is for the admin, and reading it is recorded', async () => {
    expect((await practice.coach.get(PATH)).statusCode).toBe(403);
    const events = await rows(
      app,
      `select user_id from audit_events where event = 'processing_register.read' and practice_id = $1`,
      [practice.id],
    );
    expect(events).toContainEqual({ user_id: practice.admin.id });
  });
});

describe('the report of a leak', () => {
  const report = async (caller = practice.admin, from: string, until: string, more = '') =>
    told<LeakReport>(await caller.get(`/v1/practice/leak-report?from=${from}&until=${until}${more}`));
  const [FROM, UNTIL] = ['2026-03-10T08:00:00Z', '2026-03-10T12:00:00Z'];

  beforeAll(async () => {
    app.clock.set('2026-03-10T07:00:00Z');
    const early = await openFile(practice.coach, { name: 'Eva Eerder' });
    app.clock.set('2026-03-10T09:00:00Z');
    const client = await openFileWithAccount(app, practice.coach, { name: 'Mila Midden' });
    told(await practice.coach.get(`/v1/clients/${client.clientId}`));
    told(await practice.coach.get('/v1/clients'));
    expect((await practice.otherCoach.get(`/v1/clients/${client.clientId}`)).statusCode).toBe(404);
    app.clock.set('2026-03-10T12:00:00Z');
    told(await practice.coach.get(`/v1/clients/${early.id}`));
    app.clock.reset();
    await sealAll(app, practice.id);
  });

  it('names whose files were touched in the period, by whom, how often and from where', async () => {
    const made = await report(practice.admin, FROM, UNTIL);
    expect(made).toMatchObject({ isIntact: true, files: 2 });
    const mila = made.items.find(({ name }) => name === 'Mila Midden')!;
    const byCoach = mila.touches.find(({ userId, task }) => userId === practice.coach.id && !task)!;
    expect(byCoach).toMatchObject({
      name: 'Coen de Coach',
      roles: ['coach'],
      firstAt: '2026-03-10T09:00:00.000Z',
      addresses: ['127.0.0.1'],
    });
    expect(byCoach.events).toEqual(
      expect.arrayContaining(['client.opened', 'client.read', 'clients.listed']),
    );
    expect(byCoach.times).toBeGreaterThanOrEqual(byCoach.events.length);
    expect(JSON.stringify(made)).not.toContain(practice.otherCoach.id);
  });

  it('counts a list that a file stood in as a touch, and nothing outside the period', async () => {
    const eva = (await report(practice.admin, FROM, UNTIL)).items.find(({ name }) => name === 'Eva Eerder')!;
    expect(eva.touches).toEqual([expect.objectContaining({ times: 1, events: ['clients.listed'] })]);
    expect(await report(practice.admin, '2026-03-11T00:00:00Z', '2026-03-12T00:00:00Z')).toMatchObject({
      files: 0,
      items: [],
    });
  });

  it('narrows down to one login, page by page', async () => {
    const one = `&userId=${practice.coach.id}&limit=1`;
    const first = await report(practice.admin, FROM, UNTIL, one);
    const second = await report(practice.admin, FROM, UNTIL, `${one}&cursor=${first.next}`);
    expect([first.files, first.items.length, second.items.length, second.next]).toEqual([2, 1, 1, undefined]);
    expect(first.items[0]!.clientId < second.items[0]!.clientId).toBe(true);
    const nobody = await report(practice.admin, FROM, UNTIL, `&userId=${practice.otherCoach.id}`);
    expect(nobody.files).toBe(0);
  });

  it('tells nothing of another practice', async () => {
    const elsewhere = await openPractice(app);
    expect(await report(elsewhere.admin, FROM, UNTIL)).toMatchObject({ files: 0, items: [] });
  });

  it('says so when the log was changed since it was sealed', async () => {
    const { admin, id } = await openPractice(app);
    await sealAll(app, id);
    await rows(app, `update audit_events set ground = 'x' where user_id = $1`, [admin.id]);
    expect(await report(admin, FROM, UNTIL)).toMatchObject({ isIntact: false });
  });

  it('refuses a period that is none', async () => {
    const answer = await practice.admin.get(`/v1/practice/leak-report?from=${UNTIL}&until=${FROM}`);
    expect([answer.statusCode, problemOf(answer)]).toEqual([422, 'invalid-input']);
    expect(answer.json().errors).toEqual([expect.objectContaining({ pointer: '/until' })]);
  });
});
