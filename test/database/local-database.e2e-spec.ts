import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { connected } from '../../src/database/embedded/prepare-database.js';
import { LocalDatabase } from '../../src/local/local-database.js';
import { localSecrets } from '../../src/local/local-secrets.js';

let dataDir: string;
let folder: string;
let database: LocalDatabase;

const open = (): Promise<LocalDatabase> => LocalDatabase.open(folder, localSecrets(dataDir));
const query = (from: LocalDatabase, sql: string): Promise<unknown[]> =>
  connected(from.urls.owner, async (client) => (await client.query<object>(sql)).rows);
const postmaster = (): number =>
  Number(readFileSync(join(database.home, 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0]);
const isAlive = (pid: number): boolean => {
  try {
    // A zombie, which nobody has waited for, is dead.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
};

beforeAll(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'ademruimte-local-'));
  folder = join(dataDir, 'postgres');
  database = await open();
  await query(database, 'create table kept (word text)');
  await query(database, `insert into kept values ('breath')`);
});

afterAll(async () => {
  await database.close();
  rmSync(database.home, { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
});

const kept = (from = database): Promise<unknown[]> => query(from, 'select word from kept');

describe('the local database', () => {
  it('is shared by programs that run at once; only the last one out stops it', async () => {
    const other = await open();
    const pid = postmaster();
    expect(other.urls).toEqual(database.urls);
    await other.close();
    expect(isAlive(pid)).toBe(true);
    await database.close();
    expect(isAlive(pid)).toBe(false);
    database = await open();
    await expect(kept()).resolves.toEqual([{ word: 'breath' }]);
  });

  it('lets one at a time serve on it', async () => {
    const other = await open();
    await expect(database.take('serving')).resolves.toBe(true);
    await expect(other.take('serving')).resolves.toBe(false);
    await database.release('serving');
    await expect(other.take('serving')).resolves.toBe(true);
    await other.close();
  });

  it('starts again after its server was killed, with all that was acknowledged', async () => {
    const pid = postmaster();
    process.kill(pid, 'SIGKILL');
    while (isAlive(pid)) await after(20);
    database = await open();
    expect(postmaster()).not.toBe(pid);
    await expect(kept()).resolves.toEqual([{ word: 'breath' }]);
  });

  it('is opened by several that start at the same moment', async () => {
    await database.close();
    const [first, ...others] = await Promise.all([open(), open(), open()]);
    database = first;
    for (const other of others) {
      expect(other.urls).toEqual(database.urls);
      await other.close();
    }
    await expect(kept()).resolves.toEqual([{ word: 'breath' }]);
  });

  it('says so when its secrets are lost, and harms nothing', async () => {
    const others = localSecrets(mkdtempSync(join(dataDir, 'other-')));
    await expect(LocalDatabase.open(folder, others)).rejects.toThrow(/secrets/);
    await expect(kept()).resolves.toEqual([{ word: 'breath' }]);
  });

  it('keeps what is seeded whole, and begins anew after a seed that was killed half way', async () => {
    await database.markSeed('seeded');
    await (await open()).close();
    await expect(kept()).resolves.toEqual([{ word: 'breath' }]);
    await database.markSeed('being seeded');
    await (await open()).close();
    await expect(kept()).rejects.toThrow(/kept/);
    await expect(database.seedMark()).resolves.toBeUndefined();
  });

  it('leaves a seed alone that is being made', async () => {
    await query(database, 'create table kept (word text)');
    await database.take('seeding');
    await database.markSeed('being seeded');
    await (await open()).close();
    await expect(kept()).resolves.toEqual([]);
    await database.release('seeding');
  });
});
