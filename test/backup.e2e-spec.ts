import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { MIGRATIONS } from '../migrations/index.js';
import { LogVerification } from '../src/audit/verification.js';
import { sealing, Sealer } from '../src/audit/sealer.js';
import { readBackupFile, readHeader, writeBackupFile } from '../src/backup/backup-files.js';
import type { Piece } from '../src/backup/backup-file.js';
import { storedTables } from '../src/backup/stored-tables.js';
import { Owner } from '../src/backup/owner.js';
import { connected, type DatabaseUrls, urlsOf } from '../src/database/embedded/prepare-database.js';
import { migrate } from '../src/database/migrate.js';
import { PACKAGE_ROOT } from '../src/common/package-root.js';
import { Settings } from '../src/config/settings.js';
import { LocalDatabase } from '../src/local/local-database.js';
import { localSecrets } from '../src/local/local-secrets.js';
import { ErasureRun } from '../src/privacy/erasure/erasure-run.js';
import { catalogue } from './database/catalogue.js';
import { startApp, startBeside, type TestApp, testSettings } from './support/app.js';
import type { LoginTokens } from '../src/auth/auth.dto.js';
import { Caller, told } from './support/caller.js';
import { PASSWORDS } from './support/cluster.js';
import { writeSigned } from './support/notes.js';
import {
  openFile,
  openFileWithAccount,
  openPractice,
  PASSWORD,
  type TestPractice,
} from './support/practice.js';
import { sealAll } from './support/sealing.js';
import { longAgo, planSession } from './support/sessions.js';

/** Real processes, a real backup, and a real restore; compiling them may take a while. */
jest.setTimeout(180_000);

const KEY = randomBytes(32).toString('base64url');
const BODY = 'Zij vond rust bij het water.';
let app: TestApp;
let practice: TestPractice;
let clientId: string;
let folder: string;
let taken: Record<string, string>;
let backup: { data: string; keys: string };
const databases: string[] = [];

interface Ended {
  readonly code: number;
  readonly said: string;
}

/** Runs what `npm run` runs. */
function run(command: string, args: string[], env: Record<string, string>): Promise<Ended> {
  const { DATABASE_URL: _, MIGRATION_DATABASE_URL: __, NODE_ENV: ___, ...rest } = process.env;
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(PACKAGE_ROOT, 'scripts', 'run.mjs'), command, ...args],
      { cwd: PACKAGE_ROOT, env: { ...rest, BACKUP_KEY: KEY, ...env } },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, said: out + err }),
    );
  });
}

const placesOf = (urls: Pick<DatabaseUrls, 'owner'>, into = folder): Record<string, string> => ({
  MIGRATION_DATABASE_URL: urls.owner,
  BACKUP_DIR: into,
  BACKUP_KEYS_DIR: join(into, 'keys'),
});

async function backUp(urls: DatabaseUrls, into: string): Promise<{ data: string; keys: string }> {
  const { code, said } = await run('backup', [], placesOf(urls, into));
  expect([code, said]).toEqual([0, expect.stringMatching(/^\d+ rows of \d+ tables/)]);
  return filesIn(into);
}

function filesIn(into: string): { data: string; keys: string } {
  const newest = (where: string, end: string): string =>
    join(
      where,
      readdirSync(where)
        .filter((name) => name.endsWith(end))
        .sort()
        .at(-1)!,
    );
  return { data: newest(into, '.data'), keys: newest(join(into, 'keys'), '.keys') };
}

const restore = (urls: Pick<DatabaseUrls, 'owner'>, { data, keys } = backup, env = {}): Promise<Ended> =>
  run('restore', ['--data', data, '--keys', keys], { ...placesOf(urls), ...env });

/** A database with nothing in it, not even tables. */
async function emptyDatabase(): Promise<DatabaseUrls> {
  const port = Number(process.env['TEST_POSTGRES_PORT']);
  const name = `restored_${randomBytes(6).toString('hex')}`;
  await connected(urlsOf(port, 'postgres', PASSWORDS).superuser, (client) =>
    client.query(`create database ${name} owner ademruimte_owner`),
  );
  databases.push(name);
  return urlsOf(port, name, PASSWORDS);
}

/** Every row of every table that is kept, as a superuser sees it. */
async function contentOf(url: string): Promise<Record<string, string>> {
  const owner = await Owner.connect(url);
  const content: Record<string, string> = {};
  for (const table of await storedTables(owner)) {
    const { rows, sha256 } = await owner.sumOf(table);
    content[`${table.schema}.${table.name}`] = `${rows} ${sha256}`;
  }
  await owner.close();
  return content;
}

const listingOf = (url: string): Promise<string> => connected(url, (client) => catalogue(client));

beforeAll(async () => {
  app = await startApp();
  folder = mkdtempSync(join(tmpdir(), 'ademruimte-backup-'));
  practice = await openPractice(app);
  const client = await openFileWithAccount(app, practice.coach, { name: 'Klaartje Klaarblijkelijk' });
  ({ clientId } = client);
  await planSession(practice.coach, clientId, { priceCents: 9500, vatPercent: 21 });
  await writeSigned(practice.coach, clientId, { body: BODY, visibility: 'shared' });
  told(await practice.coach.get(`/v1/clients/${clientId}/notes`));
  // Something waits in the queue.
  told(
    await practice.admin.post('/v1/users', { name: 'Later', email: 'later@example.nl', roles: ['coach'] }),
  );
  await sealAll(app, practice.id);
  backup = await backUp(app.database, folder);
  taken = await contentOf(app.database.superuser);
});
afterAll(async () => {
  await app.close();
  const port = Number(process.env['TEST_POSTGRES_PORT']);
  await connected(urlsOf(port, 'postgres', PASSWORDS).superuser, async (client) => {
    for (const name of databases) await client.query(`drop database ${name} with (force)`);
  });
  rmSync(folder, { recursive: true, force: true });
});

describe('a backup', () => {
  it('is taken while the service runs, and leaves the database as it was', async () => {
    const listing = await listingOf(app.database.superuser);
    const [again] = await Promise.all([
      backUp(app.database, join(folder, 'meanwhile')),
      (async () => {
        for (let i = 0; i < 30; i += 1) await openFile(practice.coach, { question: 'Hoe kom ik tot rust?' });
      })(),
    ]);
    expect(statSync(again.data).size).toBeGreaterThan(10_000);
    expect(await listingOf(app.database.superuser)).toBe(listing);
    // All of one moment: what points to something finds it there, and every text its key.
    const target = await emptyDatabase();
    expect((await restore(target, again)).said).toContain('each as it was');
    const lost = await connected(target.superuser, (client) =>
      client.query(
        `select from clients c where not exists (select from client_keys k where k.client_id = c.id)`,
      ),
    );
    expect(lost.rowCount).toBe(0);
  });

  it('is two files for their owner alone, in which nothing can be read', () => {
    for (const path of [backup.data, backup.keys]) {
      expect(statSync(path).mode & 0o777).toBe(0o600);
      const bytes = readFileSync(path);
      expect(bytes.includes('Klaartje')).toBe(false);
      expect(bytes.includes('clients')).toBe(false);
    }
  });

  it('is refused without a key of its own, and leaves no half file when it fails', async () => {
    const refused = await run('backup', [], { ...placesOf(app.database), BACKUP_KEY: 'geheim' });
    expect(refused).toEqual({ code: 1, said: expect.stringContaining('BACKUP_KEY') });
    const into = join(folder, 'nowhere');
    const wrong = app.database.owner.replace(/\/test_\w+$/, '/there_is_none');
    const unconnected = await run('backup', [], placesOf({ owner: wrong }, into));
    expect(unconnected).toEqual({
      code: 1,
      said: expect.stringMatching(/^No connection as the owner[^\n]*\n$/),
    });
    expect(existsSync(into)).toBe(false);
    const noFolder = await run('backup', [], placesOf(app.database, backup.data));
    expect(noFolder).toEqual({
      code: 1,
      said: expect.stringMatching(/^The backup was not written: [^\n]*\n$/),
    });
  });

  it('waits for whoever holds a table without holding up others, and killed meanwhile leaves nothing behind', async () => {
    const listing = await listingOf(app.database.superuser);
    const into = join(folder, 'killed');
    const partial = (): boolean =>
      existsSync(into) && readdirSync(into).some((name) => name.endsWith('.partial'));
    await connected(app.database.superuser, async (client) => {
      await client.query('begin');
      await client.query('lock table articles in access share mode');
      const child = spawn(process.execPath, [join(PACKAGE_ROOT, 'scripts', 'run.mjs'), 'backup'], {
        cwd: PACKAGE_ROOT,
        env: { ...process.env, BACKUP_KEY: KEY, ...placesOf(app.database, into) },
        stdio: 'ignore',
      });
      const ended = once(child, 'exit');
      while (!partial()) await pause(20);
      for (let i = 0; i < 20; i += 1) {
        const began = Date.now();
        told(await practice.coach.get('/v1/articles'));
        expect(Date.now() - began).toBeLessThan(5_000);
        await pause(100);
      }
      child.kill('SIGKILL');
      expect(await ended).toEqual([null, 'SIGKILL']);
      await client.query('rollback');
    });
    expect(readdirSync(into).filter((name) => !name.endsWith('.partial'))).toEqual([]);
    expect(await listingOf(app.database.superuser)).toBe(listing);
    await backUp(app.database, into);
  });

  it('removes key stores that are older than thirty days, and no younger ones or data', async () => {
    const into = join(folder, 'aged');
    const { data, keys } = await backUp(app.database, into);
    const old = join(into, 'keys', 'ademruimte-20200101T000000Z.keys');
    writeFileSync(
      old,
      readFileSync(keys, 'latin1').replace(/"madeAt":"[^"]+"/, '"madeAt":"2020-01-01T00:00:00.000Z"'),
      'latin1',
    );
    await backUp(app.database, into);
    expect(readdirSync(join(into, 'keys'))).not.toContain('ademruimte-20200101T000000Z.keys');
    expect([data, keys].map((path) => statSync(path).isFile())).toEqual([true, true]);
  });
});

describe('a restore', () => {
  it('brings back every row of every table, into a database with nothing in it, and it serves', async () => {
    const target = await emptyDatabase();
    const { code, said } = await restore(target);
    expect([code, said]).toEqual([0, expect.stringContaining('each as it was')]);
    expect(said).toMatch(/^ {2}note_bodies: 1$/m);
    expect(await contentOf(target.superuser)).toEqual(taken);
    expect(await listingOf(target.superuser)).toBe(await listingOf(app.database.superuser));
    await serves(target);
  });

  it('refuses a database that holds something, or that somebody serves', async () => {
    const target = await emptyDatabase();
    expect((await restore(target)).code).toBe(0);
    const before = await contentOf(target.superuser);
    expect(await restore(target)).toEqual({
      code: 1,
      said: expect.stringContaining('restore into an empty one'),
    });
    expect(await contentOf(target.superuser)).toEqual(before);
    // A connection that is idle for ten seconds closes; one that was just used is there.
    told(await practice.coach.get('/v1/clients'));
    const served = await restore(app.database);
    expect(served).toEqual({ code: 1, said: expect.stringContaining('Stop the server') });
  });

  it.each<[string, (data: Buffer, keys: Buffer) => [Buffer, Buffer], object?]>([
    ['made with another key', (...both) => both, { BACKUP_KEY: randomBytes(32).toString('base64url') }],
    ['that was cut off', (data, keys) => [data.subarray(0, data.length - 100), keys]],
    ['with one bit of its end changed', (data, keys) => [flipped(data, data.length - 20), keys]],
    ['with one bit of its head changed', (data, keys) => [flipped(data, data.indexOf('madeAt') + 12), keys]],
    ['whose key store was altered', (data, keys) => [data, flipped(keys, keys.length - 20)]],
    ['whose files were swapped', (data, keys) => [keys, data]],
    ['that is none', (_, keys) => [Buffer.from('no backup'), keys]],
  ])('refuses a backup %s, and keeps nothing of it', async (_, alter, env = {}) => {
    const target = await emptyDatabase();
    const [data, keys] = alter(readFileSync(backup.data), readFileSync(backup.keys));
    const altered = { data: join(folder, 'altered.data'), keys: join(folder, 'altered.keys') };
    writeFileSync(altered.data, data);
    writeFileSync(altered.keys, keys);
    const { code, said } = await restore(target, altered, env);
    expect([code, said]).toEqual([1, expect.stringContaining('cannot be read')]);
    expect(said).not.toMatch(/\n\s+at /);
    const [left] = await connected(target.superuser, async (client) => {
      const there = await client.query<{ there: boolean }>(
        `select to_regclass('clients') is not null as there`,
      );
      if (!there.rows[0]!.there) return [{ count: 0 }];
      return (await client.query<{ count: number }>('select count(*)::int as count from clients')).rows;
    });
    expect(left!.count).toBe(0);
  });

  it('holds every table against what was taken, and keeps nothing where one differs', async () => {
    const key = Buffer.from(KEY, 'base64url');
    const header = await readHeader(backup.data, 'data');
    const forged = await writeBackupFile(join(folder, 'forged'), header, key, forging(backup.data, key));
    const target = await emptyDatabase();
    const { code, said } = await restore(target, { ...backup, data: forged.path });
    expect([code, said]).toEqual([
      1,
      'These tables did not come back as they were: clients, users. Nothing was restored.\n',
    ]);
    expect(new Set(Object.values(await contentOf(target.superuser)))).toEqual(
      new Set([expect.stringMatching(/^0 /)]),
    );
  });

  it('takes the key store of a later day: who was erased since stays closed, who came since is left out', async () => {
    const gone = await openFile(practice.coach, { question: 'Hoe kom ik tot rust?' });
    const first = await backUp(app.database, join(folder, 'first'));
    await connected(app.database.superuser, (client) =>
      client.query('delete from client_keys where client_id = $1', [gone.id]),
    );
    await openFile(practice.coach);
    const later = await backUp(app.database, join(folder, 'later'));
    const target = await emptyDatabase();
    const { code, said } = await restore(target, { data: first.data, keys: later.keys });
    expect([code, said]).toEqual([0, expect.stringContaining('left out: 1.')]);
    const without = await connected(target.superuser, (client) =>
      client.query<{ id: string }>(
        'select id from clients c where not exists (select from client_keys k where k.client_id = c.id)',
      ),
    );
    expect(without.rows).toEqual([{ id: gone.id }]);
    await serves(target);
    const older = await restore(await emptyDatabase(), { data: later.data, keys: first.keys });
    expect(older).toEqual({ code: 1, said: expect.stringContaining('older than the data') });
  });

  it('does not bring back who was erased since: they are erased again before anything is answered', async () => {
    const gone = await openFileWithAccount(app, practice.coach, { name: 'Wilhelmina Wissema' });
    const session = await planSession(practice.coach, gone.clientId, {
      startsAt: longAgo(),
      priceCents: 9500,
    });
    told(await practice.coach.post(`/v1/sessions/${session.id}/completion`, {}));
    const before = await backUp(app.database, join(folder, 'before'));
    const { id } = told<{ id: string }>(await gone.post('/v1/me/data-requests', { kind: 'erasure' }));
    told(await practice.admin.post(`/v1/data-requests/${id}/approval`));
    app.clock.set(new Date(Date.now() + 8 * 86_400_000).toISOString());
    await app.get(ErasureRun).run();
    app.clock.reset();

    const target = await emptyDatabase();
    expect(await restore(target, before)).toMatchObject({ code: 0 });
    const stored = (table: string, column = 'client_id'): Promise<object[]> =>
      connected(target.superuser, async (client) => {
        const { rows } = await client.query<object>(`select * from ${table} where ${column} = $1`, [
          gone.clientId,
        ]);
        return rows;
      });
    expect(await stored('clients', 'id')).toMatchObject([{ name: 'Wilhelmina Wissema', erased_at: null }]);
    expect(await stored('client_keys')).toHaveLength(1);

    const { installationKey, erasureLedgerFile } = app.get(Settings);
    const beside = await startBeside(
      app,
      testSettings(target, folder, {
        INSTALLATION_KEY: installationKey.toString('base64url'),
        ERASURE_LEDGER_FILE: erasureLedgerFile,
      }),
    );
    try {
      expect(await stored('clients', 'id')).toMatchObject([
        { name: 'Gewist dossier', email: null, user_id: null },
      ]);
      expect(await stored('client_keys')).toEqual([]);
      expect(await stored('consents')).toEqual([]);
      expect(await stored('sessions')).toMatchObject([{ id: session.id, price_cents: 9500 }]);
      expect((await gone.at(beside).get('/v1/me')).statusCode).toBe(401);
    } finally {
      await beside.close();
    }
  });

  it('works with the embedded database, in a cluster of its own, and from there on again', async () => {
    const dataDir = join(folder, 'local');
    const local = {
      DATA_DIR: dataDir,
      BACKUP_DIR: join(folder, 'of-local'),
      BACKUP_KEYS_DIR: join(folder, 'of-local', 'keys'),
    };
    await sealAll(app, practice.id);
    // Far ahead of a new cluster, as an installation of years is.
    await connected(app.database.owner, (client) =>
      client.query(
        'do $$ begin for i in 1..20000 loop perform pg_current_xact_id(); commit; end loop; end $$',
      ),
    );
    const source = await backUp(app.database, join(folder, 'ahead'));
    const content = await contentOf(app.database.superuser);
    try {
      const restored = await run('restore', ['--data', source.data, '--keys', source.keys], local);
      expect([restored.code, restored.said]).toEqual([
        0,
        expect.stringMatching(/Transactions counted on: \d{5,}\./),
      ]);
      const postgres = await LocalDatabase.open(join(dataDir, 'postgres'), localSecrets(dataDir));
      try {
        expect(await contentOf(postgres.urls.superuser)).toEqual(content);
        await serves(postgres.urls);
      } finally {
        await postgres.close();
      }
      const backedUp = await run('backup', [], local);
      expect([backedUp.code, backedUp.said]).toEqual([0, expect.stringMatching(/^\d+ rows/)]);
      const target = await emptyDatabase();
      expect((await restore(target, filesIn(local.BACKUP_DIR))).said).toContain('each as it was');
      await serves(target);
    } finally {
      const { home } = await LocalDatabase.open(join(dataDir, 'postgres'), localSecrets(dataDir)).then(
        async (postgres) => {
          await postgres.close();
          return postgres;
        },
      );
      rmSync(home, { recursive: true, force: true });
    }
  });

  it('brings back what an older version wrote, and migrates on', async () => {
    const older = await emptyDatabase();
    const names = MIGRATIONS.map(({ name }) => name);
    await migrate(older.owner, names.slice(0, -1));
    await connected(older.superuser, (client) =>
      client.query(
        `insert into practices (id, slug, name, time_zone, language, assignment_limit, assignment_weeks, regime, created_at, version)
         values (gen_random_uuid(), 'oud', 'Oud & Wijs', 'Europe/Amsterdam', 'nl', 3, 4, 'coach', now(), 1)`,
      ),
    );
    const files = await backUp(older, join(folder, 'older'));
    const target = await emptyDatabase();
    expect((await restore(target, files)).said).toContain('each as it was');
    const [practices, ran] = await connected(target.superuser, async (client) => [
      (await client.query('select name from practices')).rows,
      (await client.query<{ name: string }>('select name from migrations order by id')).rows,
    ]);
    expect(practices).toEqual([{ name: 'Oud & Wijs' }]);
    expect(ran).toEqual(names.map((name) => ({ name })));
    const newer = await emptyDatabase();
    await migrate(newer.owner);
    expect(await restore(newer, files)).toEqual({ code: 1, said: expect.stringContaining('newer version') });
  });

  it('says how it is called', async () => {
    expect(await run('restore', [], placesOf(app.database))).toEqual({
      code: 1,
      said: expect.stringContaining('Usage: npm run restore'),
    });
  });
});

/** The same backup, with other names in it than its sums say. */
async function* forging(path: string, key: Buffer): AsyncGenerator<Piece> {
  for await (const piece of readBackupFile(path, key)) {
    if (piece.kind !== 'rows') yield piece;
    else yield { kind: 'rows', bytes: Buffer.from(piece.bytes.toString().replace('Klaartje', 'Klaasje')) };
  }
}

/** One bit is another. */
function flipped(bytes: Buffer, at: number): Buffer {
  const altered = Buffer.from(bytes);
  altered[at]! ^= 1;
  return altered;
}

/** The coach signs in there and reads what was written; the log is what was sealed, and goes on being sealed. */
async function serves(database: DatabaseUrls): Promise<void> {
  const key = app.get(Settings).installationKey.toString('base64url');
  const beside = await startBeside(app, testSettings(database, folder, { INSTALLATION_KEY: key }));
  try {
    const login = { email: `coach@${practice.slug}.example`, password: PASSWORD };
    const tokens = told<LoginTokens>(await new Caller(beside).post('/v1/auth/login', login));
    const coach = new Caller(beside, tokens);
    expect((await coach.get(`/v1/clients/${clientId}/notes`)).body).toContain(BODY);
    // What others in the cluster still have open keeps the newest events from being sealed for a moment.
    let unsealed: number;
    const patience = Date.now() + 20_000;
    do {
      await beside.get(Sealer).round();
      unsealed = await unsealedOf(database, practice.id);
    } while (unsealed > 0 && Date.now() < patience);
    expect(unsealed).toBe(0);
    const verified = await beside.get(LogVerification).verify(sealing(practice.id));
    expect(verified).toMatchObject({ broken: undefined });
    expect(verified.events).toBeGreaterThan(10);
  } finally {
    await beside.close();
  }
}

const unsealedOf = ({ superuser }: DatabaseUrls, practiceId: string): Promise<number> =>
  connected(superuser, async (client) => {
    const found = await client.query<{ count: number }>(
      `select count(*)::int as count from audit_events e
        where practice_id = $1 and xid > (select max(last_xid) from audit_seals where practice_id = $1)`,
      [practiceId],
    );
    return found.rows[0]!.count;
  });
