import { Client, escapeLiteral } from 'pg';
import { type Actor, isTask, TASKS } from '../../src/common/actor.js';
import { begin } from '../../src/database/actor-settings.js';
import { cloneDatabase } from '../support/cluster.js';
import { fill, type FilledPractice } from '../database/fill.js';
import { ANYWHERE, type Kind, POLICY_TABLE, type Rights, type Verb } from '../database/policy-table.js';
import { Probe, type Reached } from '../database/probe.js';
import { tables } from '../database/tables.js';

interface Asker {
  readonly name: string;
  readonly kind: Kind;
  readonly actor?: Actor;
}

/** Tables of which an admin sees no row, whoever they are: what is said about health, and who may sign in how. */
const CLOSED_TO_ADMIN = [
  'address_changes',
  'assignment_messages',
  'client_details',
  'client_keys',
  'credentials',
  'log_corrections',
  'log_details',
  'log_remarks',
  'note_addenda',
  'note_bodies',
  'note_errors',
  'observation_details',
  'observations',
  'one_time_tokens',
  'refresh_tokens',
  'session_details',
  'session_reasons',
];

/** What is written before a practice is known. */
const OF_NO_PRACTICE = ['mail_requests', 'security_events', 'throttles'];

let database: Awaited<ReturnType<typeof cloneDatabase>>;
let superuser: Client;
let reader: Client;
let writer: Client;
let probe: Probe;
let askers: Asker[];

beforeAll(async () => {
  database = await cloneDatabase();
  superuser = await connectedTo(database.superuser);
  reader = await connectedTo(database.serving);
  writer = await connectedTo(database.superuser);
  const practices = await fill(superuser);
  probe = await Probe.make(superuser, reader, writer);
  askers = [...practices.flatMap(askersOf), { name: 'nobody', kind: 'nobody' }];
});
afterAll(async () => {
  await Promise.all([superuser.end(), reader.end(), writer.end()]);
  await database.drop();
});

describe('the policies of the database, without the service', () => {
  it('know every table', async () => {
    expect(Object.keys(POLICY_TABLE).sort()).toEqual(await tables(superuser));
  });

  it('are on for every table, for its owner too', async () => {
    const { rows } = await superuser.query<{ relname: string }>(
      `select relname from pg_class
        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
          and not (relrowsecurity and relforcerowsecurity)`,
    );
    expect(rows).toEqual([{ relname: 'migrations' }]);
  });

  it('have rows of both practices in every table to prove themselves on', async () => {
    for (const table of await tables(superuser)) {
      const rows = (await probe.rows(table, 'true')) as { row: { practice_id?: string; id?: string } }[];
      const practices = new Set(rows.map(({ row }) => row.practice_id ?? row.id));
      if (OF_NO_PRACTICE.includes(table)) expect([table, rows.length > 1]).toEqual([table, true]);
      else expect([table, practices.size]).toEqual([table, 2]);
    }
  });

  it.each(Object.entries(POLICY_TABLE))(
    'let through in %s what they should and no more',
    async (table, who) => {
      const wrong: string[] = [];
      for (const asker of askers) {
        const expected = await rowsExpected(table, asker, who[asker.kind] ?? {});
        const reached = await probe.reach(asker.actor, table);
        for (const verb of ['see', 'add', 'change', 'drop'] as const) {
          wrong.push(...differences(`${asker.name} ${verb}`, expected[verb], reached[verb]));
        }
      }
      expect(wrong).toEqual([]);
    },
  );
});

describe('what nobody changes of themselves, by whatever SQL', () => {
  it.each([
    [
      'a coach their roles',
      'coach',
      "update users set roles = array['coach', 'admin'] where id = actor.user_id()",
    ],
    [
      'a client their address',
      'client',
      "update users set email = 'x@example.nl' where id = actor.user_id()",
    ],
    ['a client the state of their file', 'client', "update clients set status = 'closed', closed_at = now()"],
    ['a client the end of their homework', 'client', 'update assignments set end_on = end_on + 1'],
  ] as const)('%s', async (_, who, sql) => {
    const actor = askers.find(({ kind, actor: one }) => kind === who && one)!.actor!;
    await reader.query(begin(actor, 'read write'));
    await expect(reader.query(sql)).rejects.toMatchObject({ code: '42501' });
    await reader.query('rollback');
  });
});

describe('a change of a person, beyond their address', () => {
  it.each([
    ["update users set roles = array['admin']"],
    ['update users set disabled_at = null, name = name || name'],
    ["update clients set name = 'Een ander' where user_id is not null"],
  ])('is refused, as the task that changes it: %s', async (sql) => {
    const actor = askers.find(({ kind }) => kind === 'address_change')!.actor!;
    await reader.query(begin(actor, 'read write'));
    await expect(reader.query(sql)).rejects.toMatchObject({ code: '42501' });
    await reader.query('rollback');
  });

  it('is refused, as the task that resets a password', async () => {
    const actor = askers.find(({ kind }) => kind === 'password_reset')!.actor!;
    await reader.query(begin(actor, 'read write'));
    await expect(reader.query("update users set email = 'x@y.example'")).rejects.toMatchObject({
      code: '42501',
    });
    await reader.query('rollback');
  });
});

describe('an admin', () => {
  it.each(CLOSED_TO_ADMIN)('sees nothing of %s', async (table) => {
    for (const { actor, kind } of askers) {
      if (kind === 'admin') expect((await probe.reach(actor, table)).see).toEqual([]);
    }
  });
});

describe('the logs', () => {
  it.each([
    'update audit_events set outcome = outcome',
    'delete from audit_events',
    'truncate audit_events',
    'update security_events set event = event',
    'delete from security_events',
    'truncate security_events',
    'select from migrations',
  ])('refuse: %s', async (statement) => {
    await expect(reader.query(statement)).rejects.toMatchObject({ code: '42501' });
  });

  it('show what happened before a practice was known to nobody who serves', async () => {
    for (const { actor } of askers) {
      expect(await probe.ask(reader, actor, 'select from security_events')).toEqual([]);
    }
  });

  it('are closed month by month: whoever asks a month itself is refused', async () => {
    const { rows } = await superuser.query<{ name: string }>(
      `select inhrelid::regclass::text as name from pg_inherits
        where inhparent = any ('{audit_events, audit_event_clients, security_events}'::regclass[])`,
    );
    expect(rows.length).toBeGreaterThan(36);
    for (const { name } of rows) {
      for (const sql of [`select from ${name}`, `insert into ${name} default values`, `drop table ${name}`]) {
        await expect(reader.query(sql)).rejects.toMatchObject({ code: '42501' });
      }
    }
  });

  it('take no row that says which transaction wrote it', async () => {
    await expect(
      reader.query(
        "insert into security_events (id, at, event, request_id, xid) values (null, null, '', null, '1')",
      ),
    ).rejects.toMatchObject({ code: '42501' });
  });

  it('cannot be told another story by the owner either, while the policies are forced', async () => {
    const owner = await connectedTo(database.owner);
    const { rowCount } = await owner.query('delete from audit_events');
    await owner.end();
    expect(rowCount).toBe(0);
  });
});

describe('a row of a file', () => {
  it('cannot be given to another coach by its own', async () => {
    const { actor } = askers.find(({ name }) => name === 'coach here')!;
    const { actor: other } = askers.find(({ name }) => name === 'otherCoach here')!;
    const otherId = (other as { userId: string }).userId;
    for (const table of await tables(superuser)) {
      if (!(await mayMove(table))) continue;
      const moved = await probe.ask(
        writer,
        actor,
        `update ${table} set coach_id = ${escapeLiteral(otherId)} returning 1`,
      );
      expect([table, moved]).toEqual([table, []]);
    }
  });
});

function askersOf(practice: FilledPractice, index: number): Asker[] {
  const place = index === 0 ? 'here' : 'elsewhere';
  const { id, coach, otherCoach, admin, client, otherClient } = practice;
  const people = { coach, otherCoach, admin, client, otherClient };
  return [
    ...Object.entries(people).map(([name, actor]) => ({
      name: `${name} ${place}`,
      kind: actor.roles[0]!,
      actor,
    })),
    ...TASKS.map((task) => ({
      name: `${task} ${place}`,
      kind: task,
      actor: { practiceId: id, task, origin: { requestId: id } },
    })),
  ];
}

async function rowsExpected(table: string, { actor }: Asker, rights: Rights): Promise<Reached> {
  const reached: Reached = { see: [], add: [], change: [], drop: [] };
  for (const [verb, condition] of Object.entries(rights) as [Verb, string][]) {
    reached[verb] = (await probe.rows(table, conditionFor(table, actor, condition)))
      .map(({ key }) => key)
      .sort();
  }
  return reached;
}

/** A condition of the policy table as SQL: of the actor's own practice, with the actor's own ids. */
function conditionFor(table: string, actor: Actor | undefined, condition: string): string {
  if (condition === ANYWHERE) return 'true';
  const practice = `${table === 'practices' ? 'id' : 'practice_id'} = ${escapeLiteral(actor!.practiceId)}`;
  const person = isTask(actor!) ? undefined : actor;
  const own = condition
    .replaceAll(/\bme\b/g, escapeLiteral(person?.userId ?? ''))
    .replaceAll(/\bmy_file\b/g, escapeLiteral(person?.clientId ?? ''));
  return `${practice} and (${own})`;
}

function differences(what: string, expected: string[], reached: string[]): string[] {
  return [
    ...expected.filter((key) => !reached.includes(key)).map((key) => `${what}: should, and does not, ${key}`),
    ...reached.filter((key) => !expected.includes(key)).map((key) => `${what}: does, and should not, ${key}`),
  ];
}

async function mayMove(table: string): Promise<boolean> {
  const { rows } = await superuser.query(
    `select from information_schema.column_privileges
      where table_name = $1 and column_name = 'coach_id' and grantee = 'ademruimte_app' and privilege_type = 'UPDATE'`,
    [table],
  );
  return rows.length > 0;
}

async function connectedTo(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}
