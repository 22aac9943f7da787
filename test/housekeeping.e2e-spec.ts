import { connected } from '../src/database/embedded/prepare-database.js';
import type { Tx } from '../src/database/tx.js';
import { ChoresFailed, Housekeeping } from '../src/jobs/housekeeping.js';
import { type TestApp, startApp } from './support/app.js';
import { Caller, told } from './support/caller.js';
import { openPractice, PASSWORD, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';

let app: TestApp;
let practice: TestPractice;
let elsewhere: TestPractice;
let housekeeping: Housekeeping;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  elsewhere = await openPractice(app);
  housekeeping = app.get(Housekeeping);
});
afterAll(() => app.close());
afterEach(() => {
  app.clock.reset();
  housekeeping.add('a test', () => Promise.resolve());
});

const daysFromNow = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
const count = (table: 'repeated_requests' | 'refresh_tokens', of = practice): Promise<number> =>
  connected(app.database.superuser, async (client) => {
    const { rows } = await client.query(
      `select count(*)::integer as count from ${table} where practice_id = $1`,
      [of.id],
    );
    return (rows[0] as { count: number }).count;
  });

describe('the housekeeping', () => {
  it('forgets in every practice what was repeated a day ago, and nothing sooner', async () => {
    for (const { coach } of [practice, elsewhere]) {
      await coach.post('/v1/clients', { name: 'Sanne', language: 'nl' }, { 'idempotency-key': 'one' });
    }
    app.clock.set(daysFromNow(0.9));
    await housekeeping.run();
    expect(await count('repeated_requests')).toBe(1);
    app.clock.set(daysFromNow(1.1));
    await housekeeping.run();
    expect([await count('repeated_requests'), await count('repeated_requests', elsewhere)]).toEqual([0, 0]);
  });

  it('drops refresh tokens a day after they ended', async () => {
    app.clock.set(daysFromNow(14.9));
    await housekeeping.run();
    expect(await count('refresh_tokens')).toBe(3);
    app.clock.set(daysFromNow(15.1));
    await housekeeping.run();
    expect([await count('refresh_tokens'), await count('refresh_tokens', elsewhere)]).toEqual([0, 0]);
  });

  it('drops one-time codes a day after they ended, used or not, and changes of address behind them', async () => {
    const wanted = { email: 'ander@adres.example', password: PASSWORD };
    told(await practice.otherCoach.post('/v1/me/address-changes', wanted));
    await app.runJobs();
    const left = async () => [
      (await rows(app, 'select from one_time_tokens where address_change_id is not null')).length,
      (await rows(app, 'select from address_changes')).length,
    ];
    expect(await left()).toEqual([2, 1]);
    app.clock.set(daysFromNow(2.1));
    await housekeeping.run();
    expect(await left()).toEqual([1, 1]);
    app.clock.set(daysFromNow(8.1));
    await housekeeping.run();
    expect(await left()).toEqual([0, 1]);
    app.clock.set(daysFromNow(10.1));
    await housekeeping.run();
    expect(await left()).toEqual([0, 0]);
  });

  it('drops within the hour what strangers asked for by mail', async () => {
    const asked = async () => (await rows(app, 'select from mail_requests')).length;
    told(await new Caller(app).post('/v1/auth/password-resets', { email: 'niemand@nergens.example' }));
    app.clock.set(daysFromNow(0.9 / 24));
    await housekeeping.run();
    expect(await asked()).toBe(1);
    app.clock.set(daysFromNow(1.1 / 24));
    await housekeeping.run();
    expect(await asked()).toBe(0);
  });

  it('goes on with the other practices and chores when one fails, and does not keep it to itself', async () => {
    const done: string[] = [];
    housekeeping.add('a test', ({ practiceId }: Tx) => {
      if (practiceId === practice.id) return Promise.reject(new Error('a chore that fails'));
      done.push(practiceId);
      return Promise.resolve();
    });
    await expect(housekeeping.run()).rejects.toThrow(ChoresFailed);
    expect(done).toEqual([elsewhere.id]);
    const line = app.logged.map((one) => JSON.parse(one)).find(({ chore }) => chore === 'a test');
    expect(line).toMatchObject({ practice: practice.id, err: { message: 'a chore that fails' } });
  });

  it('undoes a chore that fails halfway, and only that one', async () => {
    app.clock.set(daysFromNow(3));
    await practice.coach.post('/v1/clients', { name: 'Sem', language: 'nl' }, { 'idempotency-key': 'two' });
    housekeeping.add('a test', async (tx) => {
      await tx.query('delete from repeated_requests where practice_id = $1', [tx.practiceId]);
      throw new Error('a chore that fails');
    });
    await expect(housekeeping.run()).rejects.toThrow('2 chores');
    expect(await count('repeated_requests')).toBe(1);
  });
});
