// `npm run test:demo`: what no test inside the process can see. The demo is started, killed, started again and stopped
// as a person does it, in a folder of its own.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dataDir = mkdtempSync(join(tmpdir(), 'ademruimte-check-'));
const file = (name) => join(dataDir, name);
const json = (name) => JSON.parse(readFileSync(file(name), 'utf8'));

/** Starts a command; `said` is all that it wrote, `ended` its exit code. */
function start(args, env = {}) {
  const child = spawn('npm', ['run', '--silent', ...args], {
    cwd: root,
    env: { ...process.env, DATA_DIR: dataDir, PORT: '0', ...env },
    detached: true,
  });
  const run = { child, said: '' };
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (run.said += part));
  run.ended = new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)));
  return run;
}

async function serving(run) {
  const ended = run.ended.then((code) => assert.fail(`it ended with ${code}: ${run.said}`));
  ended.catch(() => undefined);
  await Promise.race([until(() => run.said.includes('Ctrl-C')), ended]);
  return json('demo.json');
}

async function until(condition) {
  for (let i = 0; !(await condition()); i++) {
    assert.ok(i < 600, `within a minute: ${condition}`);
    await after(100);
  }
}

async function signIn({ baseUrl, practices: [practice] }) {
  const { email, password } = practice.logins[0];
  const answer = await fetch(`${baseUrl}/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password, practice: practice.slug }),
  });
  assert.equal(answer.status, 200, await answer.clone().text());
  return answer.json();
}

function home() {
  const pointer = file('postgres/moved-to.txt');
  return existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : file('postgres');
}

/** The process id and the port of the database. */
function postgres() {
  const lines = readFileSync(join(home(), 'cluster', 'postmaster.pid'), 'utf8').split('\n');
  return { pid: Number(lines[0]), port: Number(lines[3]) };
}

const refuses = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(false)).on('error', () => resolve(true));
    socket.on('connect', () => socket.destroy());
  });

async function step(title, work) {
  const began = Date.now();
  await work();
  console.log(`ok  ${title} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
}

const inGroup = (run, signal) => process.kill(-run.child.pid, signal);
let run;
let first;
let database;

try {
  await step('the demo starts without any setting, and its first login works', async () => {
    run = start(['demo']);
    first = await serving(run);
    await signIn(first);
    for (const name of ['demo.json', 'secrets.json']) assert.equal(statSync(file(name)).mode & 0o777, 0o600);
    assert.equal((await fetch(`${first.baseUrl}/docs`)).status, 200);
  });

  await step('a second one on the same data says so, and leaves the first alone', async () => {
    const second = start(['demo']);
    assert.equal(await second.ended, 1);
    assert.match(second.said, /already/);
    assert.equal(second.said.trim().split('\n').length, 1, second.said);
    await signIn(first);
  });

  await step('a practice is opened beside it', async () => {
    const opened = start([
      'practice:create',
      '--',
      '--name',
      'Stil & Co',
      '--admin-email',
      'a@b.example',
      '--coach',
    ]);
    assert.equal(await opened.ended, 0, opened.said);
    assert.match(opened.said, /\/invitations\//);
    const again = start(['practice:create', '--', '--name', 'Stil & Co', '--admin-email', 'a@b.example']);
    assert.equal(await again.ended, 1);
    assert.match(again.said, /slug/);
    await signIn(first);
  });

  await step(
    'killed, it leaves its database running; the next start finds what was acknowledged',
    async () => {
      database = postgres();
      const { refreshToken } = await signIn(first);
      inGroup(run, 'SIGKILL');
      await run.ended;
      assert.equal(await refuses(database.port), false);
      run = start(['demo']);
      const again = await serving(run);
      assert.deepEqual(postgres(), database);
      assert.deepEqual(again.practices, first.practices);
      const answer = await fetch(`${again.baseUrl}/v1/auth/refresh`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ refreshToken }),
      });
      assert.equal(answer.status, 200);
    },
  );

  for (const [how, stop] of [
    ['SIGTERM to npm', () => process.kill(run.child.pid, 'SIGTERM')],
    ['Ctrl-C, which reaches the whole group', () => inGroup(run, 'SIGINT')],
    ['SIGKILL to npm alone', () => process.kill(run.child.pid, 'SIGKILL')],
  ]) {
    await step(`${how}: nothing is left running`, async () => {
      database = postgres();
      stop();
      // npm itself ends by the signal that it passed on.
      const code = await run.ended;
      assert.ok([0, 'SIGINT', 'SIGTERM', 'SIGKILL'].includes(code), `${code}: ${run.said}`);
      await until(() => refuses(database.port));
      await until(() => !existsSync(join(home(), 'cluster', 'postmaster.pid')));
      run = start(['demo']);
      await signIn(await serving(run));
    });
  }

  await step('SIGTERM to node itself', async () => {
    const node = spawnSync('pgrep', ['-g', String(run.child.pid), '-f', 'scripts/run.mjs demo'], {
      encoding: 'utf8',
    });
    process.kill(Number(node.stdout.trim().split('\n').at(-1)), 'SIGTERM');
    assert.equal(await run.ended, 0, run.said);
    assert.equal(existsSync(join(home(), 'cluster', 'postmaster.pid')), false);
  });

  await step('a port in use is said in one sentence, and the database stops again', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await until(() => server.listening);
    const { port } = server.address();
    run = start(['demo'], { PORT: String(port) });
    assert.equal(await run.ended, 1);
    assert.equal(run.said.trim(), `Port ${port} is in use already; PORT names another.`);
    assert.equal(existsSync(join(home(), 'cluster', 'postmaster.pid')), false);
    server.close();
  });

  await step(
    'Ctrl-C in the middle of a first start leaves nothing, and the next start is whole',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'ademruimte-check-'));
      const early = start(['demo'], { DATA_DIR: folder });
      await until(() => existsSync(join(folder, 'secrets.json')));
      await after(1500);
      inGroup(early, 'SIGINT');
      assert.ok([0, 'SIGINT'].includes(await early.ended), early.said);
      const next = start(['demo'], { DATA_DIR: folder });
      await until(() => next.said.includes('Ctrl-C'));
      inGroup(next, 'SIGINT');
      assert.ok([0, 'SIGINT'].includes(await next.ended), next.said);
      const pointer = join(folder, 'postgres', 'moved-to.txt');
      if (existsSync(pointer)) rmSync(readFileSync(pointer, 'utf8').trim(), { recursive: true });
      rmSync(folder, { recursive: true });
    },
  );
  console.log('The demo starts, survives and ends as it should.');
} finally {
  try {
    inGroup(run, 'SIGTERM');
    await run.ended;
  } catch {
    // It has ended.
  }
  rmSync(home(), { recursive: true, force: true });
  rmSync(dataDir, { recursive: true, force: true });
}
