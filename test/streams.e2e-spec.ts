import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { Person } from '../src/common/actor.js';
import { Settings } from '../src/config/settings.js';
import { connected } from '../src/database/embedded/prepare-database.js';
import { Streams } from '../src/database/streams.js';
import { taskOfJob } from '../src/jobs/jobs.js';
import { type TestApp, startApp } from './support/app.js';
import { openFile, openPractice, type TestPractice } from './support/practice.js';

let app: TestApp;
let practice: TestPractice;
let streams: Streams;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  streams = app.get(Streams);
});
afterAll(() => app.close());

const ENDLESS = "copy (select repeat('adem', 100), generate_series(1, 1000000000)) to stdout";
const copy = (statement: string): Promise<Readable> =>
  streams.copy(taskOfJob(practice.id, 'export'), statement);

/** More than there are connections, so that each must have come back for the last to begin. */
const MANY = 9;

describe('a stream out of the database', () => {
  it('sees what its actor may see, and no more', async () => {
    const elsewhere = await openPractice(app);
    const { id } = await openFile(practice.coach);
    await openFile(elsewhere.coach);
    expect(await text(await copy('copy (select id from clients) to stdout'))).toBe(`${id}\n`);
    expect(await text(await copy('copy (select 1 from client_details) to stdout'))).toBe('');
  });

  it('changes nothing', async () => {
    const change = 'copy (with gone as (delete from sessions returning 1) select * from gone) to stdout';
    await expect(copy(change)).rejects.toThrow('read-only');
  });

  it('gives its connection back when it was read to its end', async () => {
    for (let n = 0; n < MANY; n++) expect(await text(await copy('copy (select 1) to stdout'))).toBe('1\n');
  });

  it('gives its connection back when its reader goes away', async () => {
    for (let n = 0; n < MANY; n++) (await copy(ENDLESS)).destroy();
    expect(await text(await copy('copy (select 1) to stdout'))).toBe('1\n');
  });

  it('tells of an error on the way, and gives its connection back', async () => {
    for (let n = 0; n < MANY; n++) {
      const rows = await copy('copy (select 1 / (50000 - n) from generate_series(1, 90000) n) to stdout');
      await expect(text(rows)).rejects.toThrow('division by zero');
    }
  });

  it('tells of an error at its start before there is a stream', async () => {
    for (let n = 0; n < MANY; n++) await expect(copy('copy (select 1 / 0) to stdout')).rejects.toThrow();
  });

  it('that nobody reads is given up', async () => {
    const { silenceMs } = streams;
    streams.silenceMs = 100;
    const rows = await copy(ENDLESS);
    await expect(once(rows, 'error')).resolves.toMatchObject([{ message: 'nothing moved for too long' }]);
    streams.silenceMs = silenceMs;
  });

  it('ends with its connection, and the next has a new one', async () => {
    const rows = await copy(ENDLESS);
    await connected(app.database.superuser, (client) =>
      client.query(
        `select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'ademruimte streams' and datname = current_database()`,
      ),
    );
    await expect(text(rows)).rejects.toThrow();
    expect(await text(await copy('copy (select 1) to stdout'))).toBe('1\n');
  });

  it('is not for a login that has ended', async () => {
    const { admin } = practice;
    const person: Person = {
      practiceId: practice.id,
      userId: admin.id,
      loginId: crypto.randomUUID(),
      roles: ['admin'],
      origin: { requestId: crypto.randomUUID() },
    };
    for (let n = 0; n < MANY; n++) {
      await expect(streams.copy(person, 'copy (select 1) to stdout')).rejects.toMatchObject({ status: 401 });
    }
  });

  it('stops with the program', async () => {
    const own = new Streams(app.get(Settings));
    const rows = await own.copy(taskOfJob(practice.id, 'export'), ENDLESS);
    const broken = once(rows, 'error');
    await own.onApplicationShutdown();
    await expect(broken).resolves.toMatchObject([{ message: 'the program is stopping' }]);
    await expect(own.copy(taskOfJob(practice.id, 'export'), 'copy (select 1) to stdout')).rejects.toThrow();
  });
});
