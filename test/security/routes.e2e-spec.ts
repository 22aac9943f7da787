import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Controller, Get } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { Routes } from '../../src/common/http/routes.js';
import { AppModule } from '../../src/app.module.js';
import { PACKAGE_ROOT } from '../../src/common/package-root.js';
import { startApp, type TestApp } from '../support/app.js';
import { openPractice, type TestPractice } from '../support/practice.js';
import { ACCESS_MATRIX } from './access-matrix.js';
import { type Handler, handlersOf } from './handlers.js';

/** A route that forgot to say whom it is for. */
@Controller('v1/forgotten')
class ForgottenController {
  @Get()
  read(): { secret: string } {
    return { secret: 'open en bloot' };
  }
}

/** Served beside the API, without anybody's data. */
const DOCS = /^\/(docs(\/.*)?|openapi\.(json|yaml))$/;
const document = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'openapi.json'), 'utf8')) as OpenAPIObject;

let app: TestApp;
let practice: TestPractice;
let registered: string[];
let handlers: Handler[];

beforeAll(async () => {
  const whole = AppModule.with.bind(AppModule);
  jest.spyOn(AppModule, 'with').mockImplementation((...given) => {
    const module = whole(...given);
    return { ...module, controllers: [...(module.controllers ?? []), ForgottenController] };
  });
  app = await startApp();
  practice = await openPractice(app);
  registered = app
    .get(Routes)
    .all.filter(({ method, url }) => !['HEAD', 'OPTIONS'].includes(method) && !DOCS.test(url))
    .map(({ method, url }) => `${method} ${url}`)
    .filter((route) => route !== 'GET /v1/forgotten')
    .sort();
  handlers = handlersOf(app).filter(({ route }) => route !== 'GET /v1/forgotten');
});
afterAll(async () => {
  await app.close();
  jest.restoreAllMocks();
});

describe('every route that the server answers', () => {
  it('is a handler of a controller, so that the guard stands before it', () => {
    expect(registered).toEqual(handlers.map(({ route }) => route).sort());
  });

  it('says for whom it is', () => {
    expect(handlers.filter(({ access }) => !access)).toEqual([]);
  });

  it('has one row in the access matrix', () => {
    expect(ACCESS_MATRIX.map(({ route }) => route).sort()).toEqual(registered);
  });

  it('is in openapi.json, with an answer when it succeeds, and for the same roles', () => {
    const promised = handlers.map(({ route }) => ({ route, ...promiseOf(route) }));
    expect(promised).toEqual(
      handlers.map(({ route, access }) => ({
        route,
        answers: true,
        access: access === 'public' ? 'public' : [...access!].sort(),
      })),
    );
  });
});

describe('a route that forgot to say for whom it is', () => {
  it('is closed to strangers', async () => {
    expect((await app.fastify.inject({ url: '/v1/forgotten' })).statusCode).toBe(401);
  });

  it('is closed to everybody who signs in', async () => {
    for (const caller of [practice.admin, practice.coach]) {
      const answer = await caller.get('/v1/forgotten');
      expect([answer.statusCode, answer.body.includes('open en bloot')]).toEqual([403, false]);
    }
  });
});

/** What openapi.json says of a route: whether it answers at all, and to whom. */
function promiseOf(route: string): { answers: boolean; access: string | string[] | undefined } {
  const [method, url] = route.split(' ') as [string, string];
  const operation = document.paths[url.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase() as 'get'];
  const roles = (operation as { 'x-roles'?: string[] } | undefined)?.['x-roles'];
  const isOpen = operation?.security?.length === 0;
  return {
    answers: Object.keys(operation?.responses ?? {}).some((status) => status.startsWith('2')),
    access: roles ? [...roles].sort() : isOpen ? 'public' : undefined,
  };
}
