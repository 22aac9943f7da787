import { randomUUID } from 'node:crypto';
import type { WrittenLogView } from '../src/homework/logs/log.dto.js';
import { type TestApp, startApp } from './support/app.js';
import { type Caller, told } from './support/caller.js';
import { assign, today } from './support/homework.js';
import { mailsOf } from './support/mail.js';
import { openFileWithAccount, openPractice, type TestPractice } from './support/practice.js';

let app: TestApp;
let practice: TestPractice;
let client: Caller;
let assignmentId: string;

beforeAll(async () => {
  app = await startApp();
});
beforeEach(async () => {
  practice = await openPractice(app);
  client = await openFileWithAccount(app, practice.coach);
  assignmentId = (await assign(practice.coach, client.clientId, { startOn: today() })).id;
});
afterAll(() => app.close());

const log = async (tension: number, more: object = {}, id: string = randomUUID(), language = 'nl') =>
  told<WrittenLogView>(
    await client.put(
      `/v1/me/assignments/${assignmentId}/logs/${id}`,
      { doneOn: today(), outcome: 'done', tensionAfter: tension, ...more },
      { 'accept-language': language },
    ),
  );
const alarms = async () => {
  await app.runJobs();
  return mailsOf(app).filter(({ text }) => text.includes(`/clients/${client.clientId}`));
};

describe('a very high tension after an exercise', () => {
  it('shows the client where to find help, each time it is told, and a lower one does not', async () => {
    const id = randomUUID();
    expect((await log(9, {}, id)).help).toContain('0800-0113');
    expect((await log(9, {}, id)).help).toContain('huisarts');
    expect((await log(10, {}, id, 'en')).help).toContain('somebody you trust');
    expect((await log(8)).help).toBeUndefined();
  });

  it('shows what the practice says, in the language of the reader', async () => {
    const words = { helpNl: 'Bel Ada, 06.', helpEn: 'Call Ada, 06.' };
    told(await practice.admin.patch('/v1/practice', words));
    expect([(await log(10)).help, (await log(10, {}, randomUUID(), 'en')).help]).toEqual(
      Object.values(words),
    );
    told(await practice.admin.patch('/v1/practice', { helpNl: null }));
    expect((await log(10)).help).toContain('0800-0113');
    expect((await practice.coach.patch('/v1/practice', words)).statusCode).toBe(403);
  });

  it('is shown to the client alone, and alarms nobody', async () => {
    const { help } = await log(10);
    expect(help).not.toContain('coach');
    const seen = await practice.coach.get(`/v1/assignments/${assignmentId}/logs`);
    expect(seen.body).not.toContain('0800-0113');
    expect(await alarms()).toEqual([]);
  });

  it('is told to the coach where the practice wants that: that there is something, and not what; and that nobody watches', async () => {
    told(await practice.admin.patch('/v1/practice', { tensionAlarm: true }));
    const id = randomUUID();
    expect((await log(10, {}, id)).help).toContain('Niemand houdt dat voortdurend in de gaten');
    await log(9, { remark: 'Het gaat niet.' }, id);
    const [mail, ...more] = await alarms();
    expect(more).toEqual([]);
    expect(mail!.to).toContain('coach@');
    expect(`${mail!.text}${mail!.html}`).not.toMatch(/spanning|oefening|stress|Het gaat niet|Cliënt \d/i);
    expect(mail!.text).toContain('Niemand bewaakt het');
  });

  it('that the client keeps to themselves stays there', async () => {
    told(await practice.admin.patch('/v1/practice', { tensionAlarm: true }));
    const { help } = await log(10, { sharing: 'private' });
    expect(help).toContain('0800-0113');
    expect(help).not.toContain('coach');
    expect(await alarms()).toEqual([]);
  });
});
