import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { escapeIdentifier } from 'pg';
import { SecurityLog } from '../src/audit/security-log.js';
import { INSTALLATION } from '../src/audit/chain.js';
import { MIGRATIONS } from '../migrations/index.js';
import { connected, type DatabaseUrls, urlsOf } from '../src/database/embedded/prepare-database.js';
import { migrate, revert } from '../src/database/migrate.js';
import { startApp, type TestApp } from './support/app.js';
import { cloneDatabase, PASSWORDS } from './support/cluster.js';
import { openPractice } from './support/practice.js';
import { sealAll } from './support/sealing.js';

/** Programs as an operator starts them: as processes, with nothing but their environment. */

const ROOT = join(__dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'ademruimte-commands-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(program: string, databaseUrl: string, more: string[] = []): Promise<Outcome> {
  const hook = join(__dirname, 'support', 'typescript-in-threads.cjs');
  const child = spawn(process.execPath, ['--require', hook, join(ROOT, 'src', program), ...more], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: databaseUrl,
      TOKEN_SECRET: randomBytes(32).toString('base64url'),
      INSTALLATION_KEY: randomBytes(32).toString('base64url'),
      PORTAL_URL: 'https://portal.example',
      MAIL_URL: pathToFileURL(join(folder, 'mail')).href,
      MAIL_FROM: 'praktijk@adem-en-rust.example',
      FILES_DIR: join(folder, 'files'),
      ERASURE_LEDGER_FILE: join(folder, 'erasures.txt'),
      LOG_LEVEL: 'error',
      HOST: '127.0.0.1',
      PORT: '0',
    },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (err += part.toString()));
  const [code] = (await once(child, 'close')) as [number];
  return { code, out, err };
}

describe('npm run audit:verify', () => {
  let app: TestApp;

  beforeAll(async () => {
    app = await startApp();
    const [one, other] = [await openPractice(app), await openPractice(app)];
    await app.get(SecurityLog).write({ requestId: randomUUID() }, 'login.refused', 'iemand');
    for (const log of [INSTALLATION, one.id, other.id]) await sealAll(app, log);
  });
  afterAll(() => app.close());

  it('says of every log that it is intact, and ends well', async () => {
    const { code, out, err } = await run('commands/verify-audit.ts', app.database.serving);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out.split('\n').filter(Boolean)).toEqual([
      expect.stringMatching(/^security_events: intact, \d+ events under \d+ seals/),
      expect.stringMatching(/^practice [0-9a-f-]{36}: intact, \d+ events under \d+ seals/),
      expect.stringMatching(/^practice [0-9a-f-]{36}: intact, \d+ events under \d+ seals/),
    ]);
  });

  it('says what is wrong with its arguments', async () => {
    const { code, err } = await run('commands/verify-audit.ts', app.database.serving, ['--zegels']);
    expect(code).toBe(1);
    expect(err).toContain('Usage: npm run audit:verify');
  });

  it('names the log, the seal and the event that somebody changed, and fails', async () => {
    const [{ id }] = await asOwnerOf(app, async (client) => {
      const changed = await client.query<{ id: string }>(
        `update audit_events set event = 'client.read'
          where id = (select min(id::text)::uuid from audit_events where event = 'invitation.accepted')
          returning id, practice_id`,
      );
      return changed.rows as [{ id: string }];
    });
    const { code, out, err } = await run('commands/verify-audit.ts', app.database.serving);
    expect(code).toBe(1);
    expect(out).toMatch(new RegExp(`^practice [0-9a-f-]{36}: BROKEN at seal \\d+: \\w+ ${id}$`, 'm'));
    expect(out.match(/intact/g)).toHaveLength(2);
    expect(err).toBe('1 of 3 logs are not what was sealed.\n');
  });
});

describe('the server and the worker', () => {
  let database: Awaited<ReturnType<typeof cloneDatabase>>;

  beforeAll(async () => {
    database = await cloneDatabase();
  });
  afterAll(() => database.drop());

  it.each(['main.ts', 'worker.ts'])(
    '%s does not start where a migration is missing, and says which',
    async (program) => {
      const newest = await revert(database.owner);
      const { code, err } = await run(program, database.serving);
      expect(code).toBe(1);
      expect(err).toMatch(
        /^The database lacks migrations of this version.*\. Run `npm run db:migrate` .*\n$/,
      );
      expect(await migrate(database.owner)).toEqual([newest]);
    },
  );

  it('does not start where one in the middle is missing', async () => {
    const name = MIGRATIONS[3]!.name;
    await asSuperuser(database, `delete from migrations where name = '${name}'`);
    const { code, err } = await run('main.ts', database.serving);
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(`^The database lacks migrations of this version: ${name}\\. Run`),
    });
  });

  it('does not start on a database that has nothing', async () => {
    const name = `empty_${randomUUID().replaceAll('-', '')}`;
    const port = Number(process.env['TEST_POSTGRES_PORT']);
    const urls = urlsOf(port, name, PASSWORDS);
    const postgres = urlsOf(port, 'postgres', PASSWORDS);
    await asSuperuser(postgres, `create database ${escapeIdentifier(name)} owner ademruimte_owner`);
    const { code, err } = await run('main.ts', urls.serving);
    await asSuperuser(postgres, `drop database ${escapeIdentifier(name)} with (force)`);
    expect(code).toBe(1);
    expect(err).toContain('lacks migrations of this version. Run `npm run db:migrate`');
  });
});

const asSuperuser = ({ superuser }: DatabaseUrls, sql: string) =>
  connected(superuser, (client) => client.query(sql));

/** A superuser looks past the policies, as whoever holds the database can. */
const asOwnerOf = <T>(
  { database: { superuser } }: TestApp,
  work: Parameters<typeof connected<T>>[1],
): Promise<T> => connected(superuser, work);
