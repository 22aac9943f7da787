import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenAPIObject } from '@nestjs/swagger';
import type { Response } from 'light-my-request';
import { PACKAGE_ROOT } from '../../src/common/package-root.js';
import type { NoteView } from '../../src/notes/note.dto.js';
import type { Operation, Parameter } from '../../src/openapi/open-api.js';
import { startApp, type TestApp } from '../support/app.js';
import { type Caller, told } from '../support/caller.js';
import { addTo, seen, sign, strikeThrough, writeNote, writeSigned } from '../support/notes.js';
import { rows } from '../support/rows.js';
import { longAgo, planSession } from '../support/sessions.js';
import { type CallerName, World } from './world.js';

/** One word in every text that a coach keeps to themselves; whoever else says it knows what they should not. */
const CANARY = 'zilverreigerzonderweerga';
const READERS: readonly CallerName[] = [
  'client',
  'otherClient',
  'admin',
  'clientElsewhere',
  'adminElsewhere',
  'otherCoach',
  'coachElsewhere',
  'stranger',
];
const document = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'openapi.json'), 'utf8')) as OpenAPIObject;
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

let app: TestApp;
let world: World;
let coach: Caller;
/** Ids of everything that there is, by what it is. */
let ids: string[];
let notes: NoteView[];

beforeAll(async () => {
  app = await startApp();
  world = await World.make(app);
  coach = world.here.coach;
  const { clientId } = world.here.client;
  const hidden = { body: `Zij zei: ${CANARY}.` };
  const { id: sessionId } = await planSession(coach, clientId, { startsAt: longAgo() });
  const { notes: completed } = told<{ notes: NoteView[] }>(
    await coach.post(`/v1/sessions/${sessionId}/completion`, { note: { visibility: 'private', ...hidden } }),
  );
  const draft = await writeNote(coach, clientId, hidden);
  const rewritten = told<NoteView>(
    await coach.patch(`/v1/notes/${draft.id}`, { body: `${CANARY} weer.` }, seen(draft)),
  );
  const signed = await addTo(coach, await writeSigned(coach, clientId, hidden), `Later: ${CANARY}.`);
  const mistaken = await strikeThrough(coach, await writeSigned(coach, clientId, hidden), `Omdat ${CANARY}.`);
  const sharedDraft = await writeNote(coach, clientId, { ...hidden, visibility: 'shared' });
  // Shared in the end, after a first version that was not for the client.
  const rough = await writeNote(coach, clientId, { ...hidden, visibility: 'shared' });
  const tidy = told<NoteView>(await coach.patch(`/v1/notes/${rough.id}`, { body: 'Netjes.' }, seen(rough)));
  const shared = await strikeThrough(coach, await sign(coach, tidy), `Ook ${CANARY}.`);
  const takenBack = await writeSigned(coach, clientId, { ...hidden, visibility: 'shared' });
  told(await coach.patch(`/v1/notes/${takenBack.id}`, { visibility: 'private' }, seen(takenBack)));
  notes = [...completed, rewritten, signed, mistaken, sharedDraft, shared, takenBack];
  await world.assignment();
  await world.observedSession();
  const exportId = await world.export('Jaarafsluiting voor de boekhouder');
  const everything = await rows<{ id: string }>(
    app,
    `select id from sessions where id = $1 union all select id from clients where id = $2
      union all (select id from assignments limit 1) union all (select id from exercises limit 1)
      union all (select id from users where id = $3) union all (select id from users where id = $4)
      union all select id from exports where id = $5`,
    [sessionId, clientId, world.here.client.id, coach.id, exportId],
  );
  ids = [...everything.map(({ id }) => id), ...notes.map(({ id }) => id)];
}, 60_000);
afterAll(() => app.close());

describe('what a coach keeps to themselves', () => {
  it('is there for the coach, or the silence below would prove nothing', async () => {
    const { clientId } = world.here.client;
    for (const url of [
      `/v1/clients/${clientId}/notes?limit=100`,
      `/v1/notes?q=${CANARY}`,
      `/v1/clients/${clientId}/notes/starting-point`,
      ...notes.map(({ id }) => `/v1/notes/${id}/versions`),
    ])
      expect([url, (await coach.get(url)).body.includes(CANARY)]).toEqual([url, true]);
  });

  it.each(READERS)('is in no answer that %s can get, on any address, of anything there is', async (name) => {
    const said: string[] = [];
    let answered = 0;
    for (const [path, item] of Object.entries(document.paths)) {
      if (!item.get) continue;
      for (const address of addressesOf(path, item.get)) {
        for (const query of queriesOf(item.get)) {
          const answer = await world.caller(name).get(query ? `${address}?${query}` : address);
          if (answer.statusCode < 300) answered += 1;
          if (tells(answer)) said.push(`${address}?${query}`);
        }
      }
    }
    expect(said).toEqual([]);
    expect(answered).toBeGreaterThan(name === 'stranger' ? 1 : 5);
  });

  it('is in no refusal either, of whatever else is tried with a note', async () => {
    const answers: Response[] = [];
    const paths = Object.entries(document.paths).filter(([path]) => path.includes('notes'));
    for (const name of READERS) {
      for (const [path, item] of paths) {
        for (const method of METHODS.filter((one) => item[one])) {
          for (const { id, version } of [...notes, { id: world.here.client.clientId, version: 1 }]) {
            const address = path.replace('{id}', id).replace('{kind}', 'free');
            const body = method === 'get' || method === 'delete' ? undefined : {};
            answers.push(
              await world.caller(name).call(method.toUpperCase(), address, body, seen({ version })),
            );
          }
        }
      }
    }
    expect(answers.length).toBeGreaterThan(200);
    expect(answers.filter(tells)).toEqual([]);
  });

  it('is in no error of ours, nor in the log: not where the database refuses, and not where a text was altered', async () => {
    const { client, admin } = world.here;
    const body = { visibility: 'private', body: CANARY };
    const answers = await sabotaged(async () => [
      await coach.post(`/v1/clients/${client.clientId}/notes`, body),
      await coach.patch(`/v1/notes/${notes[0]!.id}`, { body: CANARY }, seen(notes[0]!)),
    ]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([500, 500]);
    const [{ body: kept } = { body: Buffer.alloc(0) }] = await rows<{ body: Buffer }>(
      app,
      'select body from note_bodies where note_id = $1 and version = 1',
      [notes[0]!.id],
    );
    const altered = Buffer.from(kept);
    altered[20]! ^= 1;
    const put = (bytes: Buffer) =>
      rows(app, 'update note_bodies set body = $2 where note_id = $1 and version = 1', [notes[0]!.id, bytes]);
    await put(altered);
    for (const url of [
      `/v1/notes/${notes[0]!.id}`,
      `/v1/clients/${client.clientId}/notes?limit=100`,
      `/v1/notes?q=${CANARY}`,
    ]) {
      const answer = await coach.get(url);
      expect([url, answer.statusCode]).toEqual([url, 500]);
      answers.push(answer, await admin.get(url), await client.get(url));
    }
    await put(kept);
    answers.push(
      await coach.get(`/v1/notes?q=${CANARY}&cursor=${CANARY}`),
      await coach.get(`/v1/notes/${CANARY}`),
    );
    expect(answers.filter(tells)).toEqual([]);
    expect(app.logged.length).toBeGreaterThan(100);
    expect(app.logged.filter((line) => line.includes(CANARY))).toEqual([]);
  });

  it('is in no column of the database', async () => {
    const columns = await rows<{ table: string }>(
      app,
      "select table_name as table from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'",
    );
    const inHex = Buffer.from(CANARY).toString('hex');
    for (const { table } of columns) {
      const found = await rows(
        app,
        `select from ${table} t where to_jsonb(t)::text like any (array['%' || $1 || '%', '%' || $2 || '%'])`,
        [CANARY, inHex],
      );
      expect([table, found]).toEqual([table, []]);
    }
  });
});

const tells = ({ body, headers }: Response): boolean =>
  body.toLowerCase().includes(CANARY) || JSON.stringify(headers).includes(CANARY);

/** The address with every id there is in the place of an id, and every code in the place of a code. */
function addressesOf(path: string, operation: Operation): string[] {
  const parameters = ((operation.parameters ?? []) as Parameter[]).filter((one) => one.in === 'path');
  return parameters.reduce(
    (addresses, { name, schema }) => {
      const codes = (schema as { enum?: string[] } | undefined)?.enum;
      return addresses.flatMap((address) =>
        (codes ?? ids).map((value) => address.replace(`{${name}}`, value)),
      );
    },
    [path],
  );
}

/** As it is, and with all that it takes. */
function queriesOf(operation: Operation): string[] {
  const given = ((operation.parameters ?? []) as Parameter[])
    .filter((one) => one.in === 'query' && one.name !== 'cursor')
    .map(({ name, schema }) => {
      const [code] = (schema as { enum?: string[] }).enum ?? [];
      return [name, FITTING[name] ?? code] as const;
    });
  const whole = given.flatMap(([name, value]) => {
    const real = name === 'clientId' ? world.here.client.clientId : value;
    return real === undefined ? [] : [`${name}=${encodeURIComponent(real)}`];
  });
  const needed = given.flatMap(([name, value]) =>
    ['q', 'purpose', 'limit'].includes(name) && value !== undefined
      ? [`${name}=${encodeURIComponent(value)}`]
      : [],
  );
  return [...new Set(['', needed.join('&'), whole.join('&')])];
}

const FITTING: Readonly<Record<string, string>> = {
  q: CANARY.slice(0, 6),
  purpose: 'Jaarafsluiting voor de boekhouder',
  limit: '100',
  from: '2020-01-01',
  to: '2035-01-01',
};

/** While the database refuses every new text, for no reason that the application knows. */
async function sabotaged<T>(work: () => Promise<T>): Promise<T> {
  await rows(app, 'alter table note_bodies add constraint sabotage check (false) not valid');
  try {
    return await work();
  } finally {
    await rows(app, 'alter table note_bodies drop constraint sabotage');
  }
}
