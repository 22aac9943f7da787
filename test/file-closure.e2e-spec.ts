import { randomUUID } from 'node:crypto';
import type { ClientView } from '../src/clients/client.dto.js';
import { type TestApp, startApp } from './support/app.js';
import { type Caller, problemOf, told } from './support/caller.js';
import { assign } from './support/homework.js';
import { writeSigned } from './support/notes.js';
import { openFile, openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';
import { longAgo, planSession } from './support/sessions.js';

let app: TestApp;
let practice: TestPractice;
let coach: Caller;

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  coach = practice.coach;
});
afterAll(() => app.close());

const close = (id: string, who = coach, headers?: Record<string, string>) =>
  who.post(`/v1/clients/${id}/closure`, {}, headers);
const statusOf = async (address: string): Promise<string> =>
  told<{ status: string }>(await coach.get(address)).status;

describe('closing a file', () => {
  it('cancels what is planned, stops homework that runs or rests, and leaves what was', async () => {
    const { id } = await openFile(coach);
    const past = await planSession(coach, id, { startsAt: longAgo() });
    told(await coach.post(`/v1/sessions/${past.id}/completion`));
    const planned = await planSession(coach, id);
    const runs = await assign(coach, id);
    const rests = await assign(coach, id);
    told(await coach.post(`/v1/assignments/${rests.id}/pause`));
    const done = await assign(coach, id);
    told(await coach.post(`/v1/assignments/${done.id}/completion`));
    expect((await close(id)).statusCode).toBe(200);
    expect(await statusOf(`/v1/sessions/${past.id}`)).toBe('completed');
    expect(await statusOf(`/v1/sessions/${planned.id}`)).toBe('cancelled');
    expect(await statusOf(`/v1/assignments/${runs.id}`)).toBe('stopped');
    expect(await statusOf(`/v1/assignments/${rests.id}`)).toBe('stopped');
    expect(await statusOf(`/v1/assignments/${done.id}`)).toBe('completed');
    const open = await rows(
      app,
      'select from assignment_pauses where client_id = $1 and resumed_at is null',
      [id],
    );
    expect(open).toHaveLength(0);
  });

  it('answers the coach the whole file, and an admin what an admin sees', async () => {
    const mine = await openFile(coach, { question: 'Mag het klaar zijn?' });
    const theirs = await openFile(coach, { question: 'Mag het klaar zijn?' });
    expect(told<ClientView>(await close(mine.id))).toMatchObject({
      status: 'closed',
      question: 'Mag het klaar zijn?',
    });
    const seen = told<ClientView>(await close(theirs.id, practice.admin));
    expect(seen).toMatchObject({ status: 'closed' });
    expect(seen).not.toHaveProperty('question');
  });

  it('leaves the client their homework and shared notes to read, and nothing to write', async () => {
    const client = await openFileWithAccount(app, coach);
    const homework = await assign(coach, client.clientId, { startOn: new Date().toISOString().slice(0, 10) });
    await writeSigned(coach, client.clientId, { visibility: 'shared', body: 'Het gaat je goed.' });
    told(await close(client.clientId));
    expect((await client.get(`/v1/me/assignments/${homework.id}`)).statusCode).toBe(200);
    expect((await client.get('/v1/me/notes')).json().items).toHaveLength(1);
    const log = await client.put(`/v1/me/assignments/${homework.id}/logs/${randomUUID()}`, {
      doneOn: new Date().toISOString().slice(0, 10),
      outcome: 'done',
    });
    expect([log.statusCode, problemOf(log)]).toEqual([409, 'file-closed']);
  });

  it('happens once, however often it is asked with one key; another time it is a closed file', async () => {
    const { id } = await openFile(coach);
    const key = { 'idempotency-key': 'closing-1' };
    const first = await close(id, coach, key);
    const second = await close(id, coach, key);
    expect(second.json()).toEqual(first.json());
    expect(problemOf(await close(id))).toBe('wrong-state');
  });

  it('is not undone by reopening: what was called off stays so', async () => {
    const { id } = await openFile(coach);
    const planned = await planSession(coach, id);
    told(await close(id));
    expect(told(await coach.post(`/v1/clients/${id}/reopening`))).toMatchObject({ status: 'active' });
    expect(await statusOf(`/v1/sessions/${planned.id}`)).toBe('cancelled');
  });

  it('is not for another coach', async () => {
    const { id } = await openFile(coach);
    expect((await close(id, practice.otherCoach)).statusCode).toBe(404);
    expect(await statusOf(`/v1/clients/${id}`)).toBe('active');
  });
});
