import { createHmac, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import type { AuditVerification } from '../src/audit/audit-log.dto.js';
import { Audit } from '../src/audit/audit.js';
import { INSTALLATION } from '../src/audit/chain.js';
import { Sealer, sealing } from '../src/audit/sealer.js';
import { SecurityLog } from '../src/audit/security-log.js';
import { LogVerification } from '../src/audit/verification.js';
import { Tenant } from '../src/database/tenant.js';
import { Housekeeping } from '../src/jobs/housekeeping.js';
import { startApp, type TestApp } from './support/app.js';
import { told } from './support/caller.js';
import { openFile, openPractice, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';
import { sealAll as sealWhole } from './support/sealing.js';

const FILE = join(tmpdir(), `seals-${randomUUID()}.ndjson`);
const SECRET = Buffer.alloc(32, 7).toString('base64url');

let app: TestApp;
let practice: TestPractice;
let owner: Client;
const received: { body: string; signature: string }[] = [];
const receiver = createServer((request, response) => {
  let body = '';
  request.on('data', (part: Buffer) => (body += part.toString()));
  request.on('end', () => {
    received.push({ body, signature: String(request.headers['ademruimte-signature']) });
    response.end();
  });
});

beforeAll(async () => {
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const { port } = receiver.address() as AddressInfo;
  app = await startApp({
    SEALS_FILE: FILE,
    SEALS_WEBHOOK_URL: `http://127.0.0.1:${port}/seals`,
    SEALS_WEBHOOK_SECRET: SECRET,
  });
  owner = new Client({ connectionString: app.database.owner });
  await owner.connect();
});
beforeEach(async () => {
  practice = await openPractice(app);
});
afterEach(() => app.clock.reset());
afterAll(async () => {
  await owner.end();
  await app.close();
  receiver.close();
});

const seal = () => app.get(Sealer).seal(practice.id);
const sealAll = (log = practice.id): Promise<void> => sealWhole(app, log);
/** Without the file outside, as if there were none. */
const verifyInside = () => app.get(LogVerification).verify(sealing(practice.id), '/dev/null');
const verify = async (): Promise<AuditVerification> =>
  told(await practice.admin.get('/v1/audit-events/verification'));

/** What the owner of the database can do: lift the policies from the logs, change them, and put the policies back. */
async function asOwner(...statements: string[]): Promise<void> {
  const tables = ['audit_events', 'audit_seals', 'security_events'];
  const { rows: months } = await owner.query<{ name: string }>(
    `select inhrelid::regclass::text as name from pg_inherits where inhparent = any ('{audit_events, security_events}'::regclass[])`,
  );
  const all = [...tables, ...months.map(({ name }) => name)];
  for (const table of all) await owner.query(`alter table ${table} no force row level security`);
  for (const statement of statements) {
    expect((await owner.query(statement)).rowCount).toBeGreaterThan(0);
  }
  for (const table of all) await owner.query(`alter table ${table} force row level security`);
}

/** Some sealed events, oldest first. */
async function sealedEvents(): Promise<string[]> {
  const { id } = await openFile(practice.coach);
  for (let i = 0; i < 3; i += 1) await practice.coach.get(`/v1/clients/${id}`);
  await sealAll();
  const found = await rows<{ id: string }>(
    app,
    'select id from audit_events where practice_id = $1 order by xid, id',
    [practice.id],
  );
  return found.map((row) => row.id);
}

describe('a log that was sealed', () => {
  it('is intact, and covers all that was there', async () => {
    const ids = await sealedEvents();
    expect(await verify()).toMatchObject({ isIntact: true, events: ids.length, comparedOutside: true });
  });

  it('is intact for any number of seals, and of workers that seal at once', async () => {
    for (let i = 0; i < 4; i += 1) {
      await practice.coach.get('/v1/clients');
      await Promise.all([seal(), seal(), seal()]);
      await sealAll();
    }
    const { isIntact, seals } = await verify();
    expect({ isIntact, isChained: seals >= 4 }).toEqual({ isIntact: true, isChained: true });
  });

  it('is sealed for every practice in a round, and for what is of none', async () => {
    await app.get(SecurityLog).write({ requestId: randomUUID() }, 'login.refused', 'iemand');
    await app.get(Sealer).round();
    await practice.coach.get('/v1/clients');
    await app.get(Sealer).round();
    await Promise.all([sealAll(), sealAll(INSTALLATION)]);
    expect(await verify()).toMatchObject({ isIntact: true });
    const installation = await app.get(LogVerification).verify(sealing(INSTALLATION));
    expect(installation.events).toBeGreaterThan(0);
    expect(installation.broken).toBeUndefined();
    await asOwner("update security_events set event = 'login.begun'");
    expect((await app.get(LogVerification).verify(sealing(INSTALLATION))).broken).toMatchObject({
      what: 'event_changed',
    });
  });

  it('has no row behind its seals that was committed late', async () => {
    await seal();
    const actor = {
      practiceId: practice.id,
      task: 'invitation',
      origin: { requestId: randomUUID() },
    } as const;
    let finish!: () => void;
    const mayFinish = new Promise<void>((resolve) => (finish = resolve));
    let written!: () => void;
    const isWritten = new Promise<void>((resolve) => (written = resolve));
    const late = app.get(Tenant).change(actor, async (tx) => {
      await tx.query('select pg_current_xact_id()');
      app.get(Audit).record(tx, { event: 'practice.changed' });
      written();
      await mayFinish;
    });
    await isWritten;
    await practice.coach.get('/v1/clients');
    await seal();
    finish();
    await late;
    await sealAll();
    app.clock.set(new Date(Date.now() + 3_600_000).toISOString());
    expect((await verifyInside()).broken).toBeUndefined();
    const [{ count }] = (await rows(app, 'select count(*)::int from audit_events where practice_id = $1', [
      practice.id,
    ])) as [{ count: number }];
    expect((await verifyInside()).events).toBe(count);
  });
});

describe('the owner of the database is caught who', () => {
  it.each(['event', 'at', 'user_id', 'client_id', 'address', 'client_ids'])(
    'changes %s of a row',
    async (column) => {
      const [, id] = await sealedEvents();
      const values: Record<string, string> = {
        event: `'user.read'`,
        at: `at - interval '1 day'`,
        address: `'10.0.0.1'`,
        client_ids: `array[gen_random_uuid()]`,
      };
      await asOwner(
        `update audit_events set ${column} = ${values[column] ?? 'gen_random_uuid()'} where id = '${id}'`,
      );
      expect(await verify()).toMatchObject({
        isIntact: false,
        broken: { what: 'event_changed', eventId: id },
      });
    },
  );

  it('removes a row', async () => {
    const [, , id] = await sealedEvents();
    await asOwner(`delete from audit_events where id = '${id}'`);
    expect(await verify()).toMatchObject({ broken: { what: 'event_removed', eventId: id } });
  });

  it('puts a row between the others', async () => {
    const [, id] = await sealedEvents();
    const added = randomUUID().replace(/^.{8}-.{4}-4/, `${id!.slice(0, 13)}-7`);
    await asOwner(
      `insert into audit_events (practice_id, id, at, event, outcome, roles, request_id, xid)
       select practice_id, '${added}', at, event, outcome, roles, request_id, xid from audit_events where id = '${id}'`,
    );
    expect(await verify()).toMatchObject({ broken: { what: 'event_added', eventId: added } });
  });

  it('changes the order of two rows', async () => {
    const [first, second] = (await sealedEvents()).slice(-2);
    await asOwner(
      `update audit_events a set xid = b.xid from audit_events b
        where (a.id = '${first}' and b.id = '${second}') or (a.id = '${second}' and b.id = '${first}')`,
    );
    // Where a seal happens to end between the two, the one misses what the other has too many of.
    const what = expect.stringMatching(/^(events_reordered|event_removed)$/) as string;
    expect(await verify()).toMatchObject({ broken: { what } });
  });

  it('removes a seal from the middle', async () => {
    for (let i = 0; i < 3; i += 1) await sealedEvents();
    await asOwner(`delete from audit_seals where practice_id = '${practice.id}' and number = 2`);
    expect(await verify()).toMatchObject({ broken: { what: 'seal_removed', seal: 2 } });
  });

  it('removes the last seal: by the file, by the rows it leaves bare, and by the sealer who knew it', async () => {
    for (let i = 0; i < 2; i += 1) await sealedEvents();
    const [{ last }] = (await rows(
      app,
      'select max(number)::int as last from audit_seals where practice_id = $1',
      [practice.id],
    )) as [{ last: number }];
    await asOwner(`delete from audit_seals where practice_id = '${practice.id}' and number = ${last}`);
    expect(await verify()).toMatchObject({ broken: { what: 'seal_removed', seal: last } });
    app.clock.set(new Date(Date.now() + 3_600_000).toISOString());
    expect((await verifyInside()).broken).toMatchObject({ what: 'event_unsealed', seal: last });
    await expect(seal()).rejects.toMatchObject({ name: 'ChainBroken' });
  });

  it('seals another history anew: by the file outside', async () => {
    const [, id] = await sealedEvents();
    await asOwner(
      `update audit_events set event = 'user.read' where id = '${id}'`,
      `delete from audit_seals where practice_id = '${practice.id}'`,
    );
    const { dataSource, tenant, clock } = app.get(Sealer) as unknown as Record<string, never>;
    await new Sealer(dataSource!, tenant!, clock!, { isSetUp: false } as never).seal(practice.id);
    expect((await verifyInside()).broken).toBeUndefined();
    expect(await verify()).toMatchObject({ broken: { what: 'seal_differs_outside', seal: 1 } });
  });
});

describe('the seals outside the database', () => {
  it('stand in a file for its owner alone, and are sent with a signature', async () => {
    await sealedEvents();
    expect(statSync(FILE).mode & 0o777).toBe(0o600);
    const last = JSON.parse(readFileSync(FILE, 'utf8').trim().split('\n').at(-1)!);
    const [kept] = await rows<{ hash: string }>(
      app,
      `select encode(hash, 'hex') as hash from audit_seals where practice_id = $1 order by number desc`,
      [practice.id],
    );
    expect(last).toMatchObject({ practiceId: practice.id, hash: kept!.hash });
    const { body, signature } = received.at(-1)!;
    expect(JSON.parse(body).seals.at(-1)).toEqual(last);
    const [, at, mac] = /^t=(\d+),v1=(\w+)$/.exec(signature)!;
    expect(mac).toBe(
      createHmac('sha256', Buffer.from(SECRET, 'base64url')).update(`${at}.${body}`).digest('hex'),
    );
  });
});

describe('the months of the logs', () => {
  it('are made a year ahead by the housekeeping, and dropped after five years, and their seals stay', async () => {
    await sealedEvents();
    await app.get(Housekeeping).run();
    const months = async () =>
      (
        await rows<{ name: string }>(
          app,
          `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'audit_events'::regclass order by 1`,
        )
      ).map(({ name }) => name);
    const before = await months();
    const late = new Date(Date.now() + (5 * 366 + 62) * 86_400_000).toISOString();
    await rows(app, 'begin; set role ademruimte_owner; set lock_timeout = 5000; commit');
    await owner.query('select audit_log.keep_months_at($1)', [late]);
    const after = await months();
    expect(after.filter((name) => before.includes(name)).length).toBeLessThan(before.length);
    expect(after.length).toBeGreaterThan(12);
    expect(await rows(app, 'select from audit_events where practice_id = $1', [practice.id])).toEqual([]);
    app.clock.set(late);
    expect((await verifyInside()).broken).toBeUndefined();
    app.clock.reset();
    // Too early: nothing may be missing yet.
    expect((await verifyInside()).broken).toMatchObject({ what: 'event_removed' });
    await owner.query('select audit_log.keep_months()');
  });

  it('are made and dropped by no date that the serving role could name', async () => {
    await expect(
      app.get(DataSource).query("select audit_log.keep_months_at(now() + interval '9 years')"),
    ).rejects.toMatchObject({ driverError: { code: '42501' } });
  });
});
