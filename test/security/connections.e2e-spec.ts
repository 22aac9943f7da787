import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { startApp, type TestApp } from '../support/app.js';

let app: TestApp;
let port: number;

beforeAll(async () => {
  app = await startApp({ SLOWEST_REQUEST_SECONDS: '1' });
  await app.fastify.listen({ host: '127.0.0.1', port: 0 });
  port = (app.fastify.server.address() as { port: number }).port;
});
afterAll(() => app.close());

describe('a sender who takes their time', () => {
  it('over the headers is not waited for', async () => {
    const began = Date.now();
    const told = await said('GET /v1/me HTTP/1.1\r\nHost: x\r\n', 'X-Slow: a\r\n');
    expectProblem(told, 408, 'timed-out');
    expect(Date.now() - began).toBeLessThan(5_000);
  });

  it('over the body is not waited for', async () => {
    const head =
      'POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{';
    expectProblem(await said(head, ' '), 408, 'timed-out');
  });

  it('keeps nobody else from being answered', async () => {
    const slow = await Promise.all(Array.from({ length: 50 }, () => opened('GET /health/live HTTP/1.1\r\n')));
    const told = await said('GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
    expect(told).toMatch(/^HTTP\/1\.1 200 /);
    for (const socket of slow) socket.destroy();
  });
});

describe('what is no request', () => {
  it('is answered as every other refusal, with the same headers', async () => {
    const told = await said('nonsense\r\n\r\n');
    expectProblem(told, 400, 'malformed');
    expect(told).toMatch(/cache-control: no-store/);
    expect(told).toMatch(/content-security-policy: default-src 'none'/);
  });

  it('is refused with headers that do not end', async () => {
    const told = await said(`GET /v1/me HTTP/1.1\r\nHost: x\r\nX-Long: ${'a'.repeat(17_000)}\r\n\r\n`);
    expectProblem(told, 431, 'headers-too-large');
  });

  it('is refused where two readers would see two requests', async () => {
    const smuggled =
      'POST /v1/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n';
    expectProblem(await said(smuggled), 400, 'malformed');
  });

  it('names neither the server nor its version', async () => {
    for (const told of [await said('nonsense\r\n\r\n'), await said(GET_NOWHERE)]) {
      expect(told).not.toMatch(/^(server|x-powered-by|via):/im);
      expect(told).not.toMatch(/fastify|node\.?js|nest/i);
    }
  });
});

const GET_NOWHERE = 'GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n';
const A_LITTLE_MORE_MS = 100;

async function opened(text: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  socket.write(text);
  return socket;
}

/** What the server says to this until it hangs up; `more` is sent drop by drop. */
async function said(text: string, more?: string): Promise<string> {
  const socket = await opened(text);
  const drops = more && setInterval(() => socket.write(more), A_LITTLE_MORE_MS);
  let told = '';
  socket.on('data', (part: Buffer) => (told += part.toString()));
  await once(socket, 'close');
  clearInterval(drops);
  return told;
}

function expectProblem(told: string, status: number, type: string): void {
  expect(told).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  expect(told).toContain('content-type: application/problem+json');
  const body = told.slice(told.indexOf('\r\n\r\n') + 4);
  expect(JSON.parse(body)).toMatchObject({ status, type: `urn:ademruimte:problem:${type}` });
}
