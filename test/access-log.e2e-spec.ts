import type { AccessLogPage } from '../src/audit/access-log.dto.js';
import { startApp, type TestApp } from './support/app.js';
import { type Caller, told } from './support/caller.js';
import { openFile, openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';
import { sealAll } from './support/sealing.js';

let app: TestApp;
let practice: TestPractice;
let client: Caller;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
});
beforeEach(async () => {
  app.clock.set('2026-03-10T08:00:00Z');
  client = await openFileWithAccount(app, practice.coach);
});
afterEach(() => app.clock.reset());
afterAll(() => app.close());

const FILE = (): string => `/v1/clients/${client.clientId}`;
const log = async (query = '', headers = {}): Promise<AccessLogPage> =>
  told(await client.get(`/v1/me/access-log?${query}`, headers));
const sentences = async (query = '', headers: object = { 'accept-language': 'nl' }): Promise<string[]> =>
  (await log(query, headers)).items.map(({ sentence }) => sentence);

describe('the log of my file', () => {
  it('says in a sentence who opened what, and counts the same kind of a day as one', async () => {
    app.clock.set('2026-03-11T09:00:00Z');
    for (let i = 0; i < 3; i += 1) await practice.coach.get(FILE());
    app.clock.set('2026-03-11T10:00:00Z');
    await practice.admin.get(FILE());
    expect(await sentences('from=2026-03-11')).toEqual([
      'Ada de Beheerder (beheerder) opende je dossier.',
      'Coen de Coach (coach) opende je dossier, 3 keer.',
    ]);
    expect(await sentences('from=2026-03-11', { 'accept-language': 'en' })).toEqual([
      'Ada de Beheerder (administrator) opened your file.',
      'Coen de Coach (coach) opened your file, 3 times.',
    ]);
    const [{ on, times, firstAt, lastAt, capacity }] = (await log('from=2026-03-11')).items.slice(1) as [
      AccessLogPage['items'][number],
    ];
    expect([on, times, capacity]).toEqual(['2026-03-11', 3, 'coach']);
    expect([firstAt, lastAt]).toEqual(['2026-03-11T09:00:00.000Z', '2026-03-11T09:00:00.000Z']);
  });

  it('knows the lists that I stood in, and says nothing of the others in it', async () => {
    const other = await openFile(practice.coach);
    app.clock.set('2026-03-12T09:00:00Z');
    await practice.coach.get('/v1/clients?limit=100');
    await sealAll(app, practice.id);
    const { items } = await log('from=2026-03-12', { 'accept-language': 'nl' });
    expect(items.map(({ sentence }) => sentence)).toEqual([
      'Coen de Coach (coach) zag je naam in de lijst met cliënten.',
    ]);
    expect(JSON.stringify(items)).not.toContain(other.id);
    const audited = told<{ items: { event: string; clientIds?: string[] }[] }>(
      await practice.admin.get(`/v1/audit-events?clientId=${client.clientId}&from=2026-03-12`),
    );
    expect(audited.items).toContainEqual(
      expect.objectContaining({
        event: 'clients.listed',
        clientIds: expect.arrayContaining([client.clientId, other.id]),
      }),
    );
  });

  it('leaves out what I did myself, and still keeps that I looked', async () => {
    app.clock.set('2026-03-13T09:00:00Z');
    await client.get('/v1/me/consents');
    expect(await sentences('from=2026-03-13')).toEqual([]);
    const kept = await rows<{ event: string }>(
      app,
      "select event from audit_events where client_id = $1 and event = 'access_log.read'",
      [client.clientId],
    );
    expect(kept).toHaveLength(1);
  });

  it('holds nothing of another file', async () => {
    const other = await openFile(practice.coach);
    app.clock.set('2026-03-14T09:00:00Z');
    await practice.coach.get(`/v1/clients/${other.id}`);
    expect(await sentences('from=2026-03-14')).toEqual([]);
  });

  it('counts a day as the practice does, and shows the days that were asked for', async () => {
    for (const at of ['2026-03-16T22:59:00Z', '2026-03-16T23:01:00Z']) {
      app.clock.set(at);
      await practice.coach.get(FILE());
    }
    app.clock.set('2026-03-20T09:00:00Z');
    const days = async (query: string) => (await log(query)).items.map(({ on, times }) => [on, times]);
    expect(await days('from=2026-03-15')).toEqual([
      ['2026-03-17', 1],
      ['2026-03-16', 1],
    ]);
    expect(await days('from=2026-03-16&to=2026-03-16')).toEqual([['2026-03-16', 1]]);
    expect(await days('from=2026-03-18&to=2026-03-15')).toEqual([]);
  });

  it('comes page by page, each line once and whole', async () => {
    for (const day of [11, 12]) {
      for (const minute of [1, 2]) {
        app.clock.set(`2026-03-${day}T09:0${minute}:00Z`);
        await practice.coach.get(FILE());
        await practice.coach.get(`${FILE()}/consents`);
        await practice.admin.get(FILE());
      }
    }
    const whole = (await log()).items;
    const seen: unknown[] = [];
    for (let query: string | undefined = 'limit=2'; query;) {
      const page = await log(query);
      seen.push(...page.items);
      query = page.next && `limit=2&cursor=${page.next}`;
    }
    expect(whole.length).toBeGreaterThan(5);
    expect(whole.filter(({ times }) => times === 2).length).toBeGreaterThanOrEqual(6);
    expect(seen).toEqual(whole);
  });

  it.each(['from=gisteren', 'to=2026-02-30', 'cursor=x', 'limit=0', 'wie=ik'])(
    'refuses %s',
    async (query) => {
      expect((await client.get(`/v1/me/access-log?${query}`)).statusCode).toBe(422);
    },
  );
});
