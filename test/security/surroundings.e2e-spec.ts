import { randomBytes } from 'node:crypto';
import type { InjectOptions, Response } from 'light-my-request';
import { startApp, type TestApp } from '../support/app.js';
import { openPractice, PASSWORD, type TestPractice } from '../support/practice.js';
import { rows } from '../support/rows.js';

const apps: TestApp[] = [];
afterAll(async () => {
  for (const app of apps) await app.close();
});

async function started(more: NodeJS.ProcessEnv = {}): Promise<TestApp> {
  const app = await startApp(more);
  apps.push(app);
  return app;
}

describe('a second application in the same process', () => {
  it('verifies with its own key, its own database, and leaves the first as it was', async () => {
    const first = await started();
    const practice = await openPractice(first);
    const second = await started();
    const elsewhere = await openPractice(second);
    const signIn = (app: TestApp, { slug }: TestPractice) =>
      app.fastify.inject({
        method: 'POST',
        url: '/v1/auth/login',
        payload: { email: `coach@${slug}.example`, password: PASSWORD },
      });
    const me = (app: TestApp, { coach }: TestPractice) =>
      app.fastify.inject({
        url: '/v1/me',
        headers: { authorization: `Bearer ${coach.tokens!.accessToken}` },
      });
    expect((await signIn(first, practice)).statusCode).toBe(200);
    expect((await signIn(second, elsewhere)).statusCode).toBe(200);
    expect((await signIn(first, elsewhere)).statusCode).toBe(401);
    expect((await me(second, practice)).statusCode).toBe(401);
    expect((await me(first, elsewhere)).statusCode).toBe(401);
    expect((await me(first, practice)).json()).toMatchObject({ id: practice.coach.id });
  });

  it('answers each of many requests at one moment as the one who asked', async () => {
    const app = await started();
    const people = [await openPractice(app), await openPractice(app), await openPractice(app)].flatMap(
      ({ admin, coach, otherCoach }) => [admin, coach, otherCoach],
    );
    const fresh = await Promise.all(
      people.map(({ tokens }) =>
        app.fastify.inject({
          method: 'POST',
          url: '/v1/auth/refresh',
          payload: { refreshToken: tokens!.refreshToken },
        }),
      ),
    );
    const answers = await Promise.all(
      fresh.map((answer) =>
        app.fastify.inject({
          url: '/v1/me',
          headers: { authorization: `Bearer ${answer.json<{ accessToken: string }>().accessToken}` },
        }),
      ),
    );
    expect(answers.map((answer) => answer.json<{ id: string }>().id)).toEqual(people.map(({ id }) => id));
  });
});

describe('a page of another origin', () => {
  const APP = 'https://app.example.nl';
  let open: TestApp;
  let closed: TestApp;
  beforeAll(async () => {
    open = await started({ CORS_ORIGINS: `${APP}, https://other.example.nl` });
    closed = await started();
  });

  const preflight = (app: TestApp, origin: string, method = 'PATCH'): Promise<Response> =>
    app.fastify.inject({
      method: 'OPTIONS',
      url: '/v1/me',
      headers: {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': 'x-web-client,content-type',
      },
    });

  it.each([APP, 'https://other.example.nl'])('may call where it is named: %s', async (origin) => {
    const { statusCode, headers } = await preflight(open, origin);
    expect(statusCode).toBe(204);
    expect(headers['access-control-allow-origin']).toBe(origin);
    expect(headers['access-control-allow-credentials']).toBe('true');
    expect(headers['access-control-allow-headers']).toContain('x-web-client');
    expect(headers['vary']).toMatch(/origin/i);
    const answer = await open.fastify.inject({ url: '/health/live', headers: { origin } });
    expect(answer.headers['access-control-allow-origin']).toBe(origin);
    expect(answer.headers['access-control-expose-headers']).toContain('etag');
  });

  it.each(['https://evil.example', 'null', `${APP}.evil.example`, 'http://app.example.nl', `${APP}:444`])(
    'may not where it is not: %s',
    async (origin) => {
      for (const app of [open, closed]) {
        for (const answer of [
          await preflight(app, origin),
          await app.fastify.inject({ url: '/health/live', headers: { origin } }),
        ]) {
          expect(answer.headers['access-control-allow-origin']).toBeUndefined();
          expect(answer.headers['access-control-allow-credentials']).not.toBe(origin);
        }
      }
    },
  );

  it('may not at all unless the configuration says so', async () => {
    const { headers } = await preflight(closed, APP);
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});

describe('the address that a proxy tells', () => {
  const SENT = { 'x-forwarded-for': '6.6.6.6, 192.0.2.9' };
  const addressSeen = async (trust: string, from: string): Promise<unknown> => {
    const app = await started({ TRUST_PROXY: trust });
    const request: InjectOptions = {
      method: 'POST',
      url: '/v1/auth/login',
      payload: { email: 'wie@ergens.example', password: PASSWORD },
      headers: SENT,
      remoteAddress: from,
    };
    await app.fastify.inject(request);
    const [event] = await rows(app, 'select address from security_events');
    return event!['address'];
  };

  it.each([
    ['false', '10.0.0.5', '10.0.0.5'],
    ['1', '10.0.0.5', '192.0.2.9'],
    ['2', '10.0.0.5', '6.6.6.6'],
    ['10.0.0.0/8', '10.0.0.5', '192.0.2.9'],
    ['10.0.0.0/8', '203.0.113.5', '203.0.113.5'],
    ['loopback', '127.0.0.1', '192.0.2.9'],
  ])('is believed as TRUST_PROXY=%s says, from %s: %s', async (trust, from, seen) => {
    expect(await addressSeen(trust, from)).toBe(seen);
  });
});

describe('a proxy that nobody named', () => {
  it('is warned of, once', async () => {
    const app = await started();
    for (let i = 0; i < 3; i += 1) {
      await app.fastify.inject({ url: '/health/live', headers: { 'x-forwarded-for': '192.0.2.9' } });
    }
    expect(app.logged.filter((line) => line.includes('TRUST_PROXY'))).toHaveLength(1);
    expect(app.logged.join()).not.toContain('192.0.2.9');
  });
});

describe('an access token, when the secret is rotated', () => {
  const [first, second, third] = Array.from({ length: 3 }, () => randomBytes(32).toString('base64url'));
  let practice: TestPractice;
  let before: TestApp;
  beforeAll(async () => {
    before = await started({ TOKEN_SECRET: first });
    practice = await openPractice(before);
  });

  /** What the same token opens at an instance with these secrets, on the same database. */
  const statusAt = async (more: NodeJS.ProcessEnv): Promise<number> => {
    const after = await started({ ...more, DATABASE_URL: before.database.serving });
    const authorization = `Bearer ${practice.coach.tokens!.accessToken}`;
    return (await after.fastify.inject({ url: '/v1/me', headers: { authorization } })).statusCode;
  };

  it('stays good while its key is the previous one', async () => {
    expect(await statusAt({ TOKEN_SECRET: second, TOKEN_SECRET_PREVIOUS: first })).toBe(200);
  });

  it('opens nothing once its key has gone', async () => {
    expect(await statusAt({ TOKEN_SECRET: third, TOKEN_SECRET_PREVIOUS: second })).toBe(401);
    expect(await statusAt({ TOKEN_SECRET: second })).toBe(401);
  });
});

describe('every answer', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await started();
  });

  it.each(['/v1/me', '/nowhere', '/health/live', '/openapi.json', '/v1/clients/%zz'])(
    'says how little a browser may do with it: %s',
    async (url) => {
      const { headers } = await app.fastify.inject({ url });
      expect(headers).toMatchObject({
        'content-security-policy':
          "default-src 'none';base-uri 'none';form-action 'none';frame-ancestors 'none'",
        'strict-transport-security': 'max-age=31536000; includeSubDomains',
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      });
    },
  );

  it('lets the page of the documentation run its own script and style, and nothing from elsewhere', async () => {
    const page = await app.fastify.inject({ url: '/docs' });
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-security-policy']).toContain("script-src 'self';");
    expect(page.headers['x-frame-options']).toBe('DENY');
    const inline = [...page.body.matchAll(/<script(?![^>]*\ssrc=)[^>]*>/g)];
    expect(inline).toEqual([]);
    const sources = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, source]) => source!);
    expect(sources.length).toBeGreaterThan(2);
    for (const source of sources) {
      expect(source).not.toMatch(/^(https?:)?\/\//);
      const { statusCode } = await app.fastify.inject({ url: new URL(source, 'http://x/docs').pathname });
      expect([source, statusCode]).toEqual([source, 200]);
    }
  });
});
