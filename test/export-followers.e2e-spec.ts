import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ExportView } from '../src/exports/export.dto.js';
import { startApp, type TestApp } from './support/app.js';
import { type Caller, told } from './support/caller.js';
import { requestExport } from './support/exports.js';
import { writeNote } from './support/notes.js';
import { addUser, openFile, openPractice, type TestPractice } from './support/practice.js';

let app: TestApp;
let practice: TestPractice;
let admin: Caller;
let coach: Caller;

beforeAll(async () => {
  app = await startApp();
  await app.fastify.listen({ host: '127.0.0.1', port: 0 });
  practice = await openPractice(app);
  ({ admin, coach } = practice);
});
afterAll(() => app.close());

/** What somebody was told, over a connection of their own that stays open. */
interface Followed {
  readonly said: string[];
  /** Resolves when the server ends it, to whether it did so of its own accord rather than breaking it off. */
  readonly ended: Promise<boolean>;
}

function follow(by: Caller, id: string): Promise<Followed> {
  const { port } = app.fastify.server.address() as AddressInfo;
  const headers = { authorization: `Bearer ${by.tokens!.accessToken}` };
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path: `/v1/exports/${id}/events`, headers });
    asked.once('error', reject);
    asked.once('response', (answer) => {
      asked.off('error', reject).on('error', () => undefined);
      const said: string[] = [];
      const ended = new Promise<boolean>((end) => answer.once('close', () => end(answer.complete)));
      answer.on('error', () => undefined).on('data', (part: Buffer) => said.push(part.toString()));
      answer.once('data', () => resolve({ said, ended }));
    });
    asked.end();
  });
}

/** An export that waits for its coach, and so neither runs nor ends. */
async function waiting(): Promise<ExportView> {
  const { id: clientId } = await openFile(coach);
  await writeNote(coach, clientId);
  return requestExport(admin, { records: 'notes', format: 'json', bodies: true, clientId });
}

const statesOf = (said: readonly string[]): string[] =>
  [...said.join('').matchAll(/^data: (.*)$/gm)].map(([, data]) => (JSON.parse(data!) as ExportView).status);

describe('who follows an export', () => {
  it('is told of each change, until nothing more comes', async () => {
    const { id } = await waiting();
    const followed = await follow(admin, id);
    told(await coach.post(`/v1/exports/${id}/refusal`));
    expect(await followed.ended).toBe(true);
    expect(statesOf(followed.said)).toEqual(['awaiting_approval', 'refused']);
  });

  it('is told nothing more once they signed out', async () => {
    const user = { name: 'Wim Weg', email: 'wim@volgen.example', roles: ['admin'] };
    const leaver = await addUser(app, admin, user);
    const { id } = await waiting();
    const followed = await follow(leaver, id);
    told(await leaver.post('/v1/auth/logout'));
    await followed.ended;
    told(await coach.post(`/v1/exports/${id}/refusal`));
    expect(statesOf(followed.said)).toEqual(['awaiting_approval']);
  });

  it('is told nothing more once they lost the role', async () => {
    const user = { name: 'Rik Rol', email: 'rik@volgen.example', roles: ['admin', 'coach'] };
    const former = await addUser(app, admin, user);
    const { id } = await waiting();
    const followed = await follow(former, id);
    told(await admin.patch(`/v1/users/${former.id}`, { roles: ['coach'] }));
    await followed.ended;
    expect(statesOf(followed.said)).toEqual(['awaiting_approval']);
  });

  it('follows so much at once: one too many ends the oldest, and nobody else’s', async () => {
    const { id } = await waiting();
    const theirs = await follow(coach, id);
    const first = await follow(admin, id);
    for (let n = 0; n < 5; n += 1) await follow(admin, id);
    const open = Symbol('still open');
    const now = (one: Followed): Promise<unknown> => Promise.race([one.ended, Promise.resolve(open)]);
    expect(await now(first)).toBe(open);
    const last = await follow(admin, id);
    // At once, and not when there is next something to tell.
    expect(await first.ended).toBe(true);
    expect([await now(theirs), await now(last)]).toEqual([open, open]);
    told(await admin.delete(`/v1/exports/${id}`));
    for (const one of [theirs, last]) expect(await one.ended).toBe(true);
  });
});
