import { randomUUID } from 'node:crypto';
import type { AssignmentPage, ListedAssignment } from '../src/homework/assignments/assignment.dto.js';
import { type TestApp, startApp } from './support/app.js';
import { type Caller, told } from './support/caller.js';
import { assign } from './support/homework.js';
import { openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';
import { rows } from './support/rows.js';

let app: TestApp;
let practice: TestPractice;
let coach: Caller;
let client: Caller;
let assignmentId: string;

const SHARED = 'Halverwege moest ik gapen.';
const UNSHARED = 'Dit is van mij alleen.';

beforeAll(async () => {
  app = await startApp();
  practice = await openPractice(app);
  coach = practice.coach;
});
beforeEach(async () => {
  app.clock.set('2026-03-02T09:00:00Z');
  client = await openFileWithAccount(app, coach);
  assignmentId = (await assign(coach, client.clientId, { message: 'Kijk wat er gebeurt.' })).id;
});
afterEach(() => app.clock.reset());
afterAll(() => app.close());

const listFor = async (reader: Caller): Promise<ListedAssignment[]> =>
  told<AssignmentPage>(await reader.get(`/v1/clients/${client.clientId}/assignments`)).items;
const listed = async (reader = coach): Promise<ListedAssignment> =>
  (await listFor(reader)).find(({ id }) => id === assignmentId)!;

async function log(doneOn: string, entry: object): Promise<string> {
  app.clock.set(`${doneOn}T18:00:00Z`);
  const id = randomUUID();
  const input = { doneOn, outcome: 'done', sharing: 'all', ...entry };
  told(await client.put(`/v1/me/assignments/${assignmentId}/logs/${id}`, input));
  return id;
}

describe('what a coach is told of the homework of a client', () => {
  it('is the last log, the mean change, the pauses and the remarks, as far as they are shared', async () => {
    const first = await log('2026-03-03', { tensionBefore: 7, tensionAfter: 4, remark: SHARED });
    await log('2026-03-04', { tensionBefore: 6, tensionAfter: 6, sharing: 'numbers', remark: UNSHARED });
    const last = await log('2026-03-05', { outcome: 'partly', tensionBefore: 5, sharing: 'numbers' });
    await log('2026-03-06', { tensionBefore: 9, tensionAfter: 0, sharing: 'private', remark: UNSHARED });
    app.clock.set('2026-03-07T09:00:00Z');
    told(await client.post(`/v1/me/assignments/${assignmentId}/pause`));
    app.clock.set('2026-03-08T09:00:00Z');
    told(await client.post(`/v1/me/assignments/${assignmentId}/resumption`));
    const { message, pauses, shared } = await listed();
    expect(message).toBe('Kijk wat er gebeurt.');
    expect(pauses).toEqual([{ pausedAt: '2026-03-07T09:00:00.000Z', resumedAt: '2026-03-08T09:00:00.000Z' }]);
    expect(shared).toEqual({
      lastLog: { id: last, doneOn: '2026-03-05', outcome: 'partly' },
      tension: { count: 2, change: -1.5 },
      remarks: [{ logId: first, doneOn: '2026-03-03', remark: SHARED }],
    });
    expect(JSON.stringify(await listFor(coach))).not.toContain(UNSHARED);
  });

  it('is the newest three remarks', async () => {
    for (const day of [2, 3, 4, 5]) await log(`2026-03-0${day}`, { remark: `Dag ${day}` });
    expect((await listed()).shared!.remarks.map(({ remark }) => remark)).toEqual(['Dag 5', 'Dag 4', 'Dag 3']);
  });

  it('is the very same, whether there is anything private or nothing at all', async () => {
    const before = await listed();
    expect(before).toMatchObject({ pauses: [], shared: { remarks: [] } });
    expect(before.shared).not.toHaveProperty('lastLog');
    await log('2026-03-03', { sharing: 'private', tensionBefore: 9, tensionAfter: 1, remark: UNSHARED });
    expect(await listed()).toEqual(before);
  });

  it('says no more where the client takes back what they shared', async () => {
    const id = await log('2026-03-03', { tensionBefore: 7, tensionAfter: 4, remark: SHARED });
    expect((await listed()).shared!.remarks).toHaveLength(1);
    const again = { doneOn: '2026-03-03', outcome: 'done', sharing: 'private' };
    told(await client.put(`/v1/me/assignments/${assignmentId}/logs/${id}`, again));
    expect((await listed()).shared).toEqual({ remarks: [] });
  });

  it('is for the file’s coach: an admin sees what was given, and other coaches find nothing', async () => {
    await log('2026-03-03', { tensionBefore: 7, tensionAfter: 4, remark: SHARED });
    const seen = await listed(practice.admin);
    expect(seen).toMatchObject({ id: assignmentId, status: 'active' });
    for (const hidden of ['shared', 'pauses', 'message']) expect(seen).not.toHaveProperty(hidden);
    const url = `/v1/clients/${client.clientId}/assignments`;
    expect((await practice.otherCoach.get(url)).statusCode).toBe(404);
    expect((await client.get(url)).statusCode).toBe(403);
  });

  it('stays so with the policies of the database off', async () => {
    await log('2026-03-03', { sharing: 'numbers', remark: UNSHARED });
    await log('2026-03-04', { sharing: 'private', remark: UNSHARED });
    const [before, adminBefore] = [await listed(), await listed(practice.admin)];
    const lock = (turn: string) =>
      ['logs', 'log_details', 'log_remarks', 'assignment_pauses', 'client_keys']
        .map((table) => `alter table ${table} ${turn} row level security;`)
        .join(' ');
    await rows(app, lock('disable'));
    try {
      expect([await listed(), await listed(practice.admin)]).toEqual([before, adminBefore]);
    } finally {
      await rows(app, lock('enable'));
    }
  });
});
