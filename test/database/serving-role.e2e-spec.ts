import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomUUID } from 'node:crypto';
import { pino } from 'pino';
import { createApp } from '../../src/create-app.js';
import { connected } from '../../src/database/embedded/prepare-database.js';
import { testSettings } from '../support/app.js';
import { cloneDatabase } from '../support/cluster.js';

let database: Awaited<ReturnType<typeof cloneDatabase>>;
let folder: string;
const made: string[] = [];

beforeAll(async () => {
  database = await cloneDatabase();
  folder = mkdtempSync(join(tmpdir(), 'ademruimte-role-'));
});
afterAll(async () => {
  for (const role of made) await run(`drop owned by ${role}; drop role ${role}`);
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

describe('the process', () => {
  it('serves with the serving role', async () => {
    await expect(starting(database.serving)).resolves.toBe('started');
  });

  it('does not serve as the owner of the tables', async () => {
    await expect(starting(database.owner)).rejects.toMatchObject({ name: 'UnsafeServingRole' });
  });

  it('does not serve as a superuser', async () => {
    await expect(starting(database.superuser)).rejects.toMatchObject({ name: 'UnsafeServingRole' });
  });

  it('does not serve with a role that may bypass the policies', async () => {
    await expect(starting(await role('bypassrls'))).rejects.toMatchObject({ name: 'UnsafeServingRole' });
  });

  it('does not serve with a role that may become the owner', async () => {
    const url = await role('', (name) => `grant ademruimte_owner to ${name}`);
    await expect(starting(url)).rejects.toMatchObject({ name: 'UnsafeServingRole' });
  });

  it('does not serve with a role that inherits nothing, but may still become the owner', async () => {
    const url = await role(
      'noinherit',
      (name) => `grant ademruimte_owner to ${name} with inherit false, set true`,
    );
    await expect(starting(url)).rejects.toMatchObject({ name: 'UnsafeServingRole' });
  });

  it('does not serve with a role that owns a table of its own', async () => {
    const url = await role('', (name) => `create table loose (id int); alter table loose owner to ${name}`);
    await expect(starting(url)).rejects.toMatchObject({ name: 'UnsafeServingRole' });
  });

  it('does not serve with a role that may look in every practice before one is known', async () => {
    const url = await role('', (name) => `grant ademruimte_lookup to ${name}`);
    await expect(starting(url)).rejects.toMatchObject({ name: 'UnsafeServingRole' });
  });

  it('does not say the password when it refuses', async () => {
    await expect(starting(database.owner)).rejects.not.toThrow(/owner:|superuser:|@127/);
  });
});

async function starting(url: string): Promise<'started'> {
  const settings = testSettings({ ...database, serving: url }, folder);
  const app = await createApp(settings, pino({ level: 'silent' }));
  await app.close();
  return 'started';
}

/** A role that signs in as the serving role does, with something too much. */
async function role(attributes: string, more: (name: string) => string = () => ''): Promise<string> {
  const name = `role_${randomUUID().replaceAll('-', '')}`;
  made.push(name);
  await run(
    `create role ${name} login password 'serving' ${attributes}; grant ademruimte_app to ${name}; ${more(name)}`,
  );
  return database.serving.replace('ademruimte_app:', `${name}:`);
}

const run = (sql: string) => connected(database.superuser, (client) => client.query(sql));
