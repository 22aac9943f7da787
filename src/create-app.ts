import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import cookies from '@fastify/cookie';
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import { answerClientError } from './common/http/client-error.js';
import { admitOrigins } from './common/http/cross-origin.js';
import { takeImports } from './common/http/import-body.js';
import { readJsonOnly } from './common/http/json-body.js';
import { takeMedia } from './common/http/media-body.js';
import { takeOneClicks } from './common/http/one-click.js';
import { LARGEST_BODY_BYTES } from './common/http/problem.filter.js';
import { Routes } from './common/http/routes.js';
import { securityHeaders, type SecurityHeaders } from './common/http/security-headers.js';
import { answerUnreadableAddress } from './common/http/unreadable-address.js';
import { writeJson } from './common/json-text.js';
import { makeLogger, NestLogger } from './common/logger.js';
import { CannotStart } from './config/cannot-start.js';
import { trustFunction } from './config/proxy-trust.js';
import { type Settings } from './config/settings.js';
import { serveDocs } from './openapi/serve-docs.js';

const LARGEST_HEADERS_BYTES = 16_384;

/** The same application for the server, the tests, the demo and the OpenAPI file. */
export async function createApp(
  settings: Settings,
  logger = makeLogger(settings.logLevel),
): Promise<NestFastifyApplication> {
  const headers = await securityHeaders();
  const slowestMs = settings.slowestRequestMs;
  const adapter = new FastifyAdapter({
    bodyLimit: LARGEST_BODY_BYTES,
    trustProxy: trustFunction(settings.trustProxy),
    genReqId: () => randomUUID(),
    requestTimeout: slowestMs,
    connectionTimeout: 30_000,
    http: {
      maxHeaderSize: LARGEST_HEADERS_BYTES,
      headersTimeout: Math.ceil(slowestMs / 3),
      connectionsCheckingInterval: Math.ceil(slowestMs / 6),
    },
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: answerUnreadableAddress(headers.api),
    clientErrorHandler: answerClientError(headers.api),
  });
  const fastify = adapter.getInstance<FastifyInstance>();
  const routes = new Routes();
  routes.watch(fastify);
  readJsonOnly(fastify);
  takeOneClicks(fastify);
  takeMedia(fastify);
  takeImports(fastify);
  fastify.setReplySerializer(writeJson);
  keepPrivate(fastify, headers, logger);
  if (settings.trustProxy === false) warnOfProxy(fastify, logger);
  await fastify.register(cookies);
  await admitOrigins(fastify, settings.corsOrigins);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(settings, routes), adapter, {
    bodyParser: false,
    logger: new NestLogger(logger),
    // Whoever starts the app says why it could not; Nest would end the process without a word.
    abortOnError: false,
  });
  serveDocs(app);
  return app;
}

/** The application without its HTTP side, for the worker and the commands. */
export function createContext(
  settings: Settings,
  logger = makeLogger(settings.logLevel),
): Promise<INestApplicationContext> {
  return NestFactory.createApplicationContext(AppModule.with(settings), {
    logger: new NestLogger(logger),
    abortOnError: false,
  });
}

/**
 * Answers requests from here on.
 * @returns the address
 * @throws CannotStart when the port is not to be had
 */
export async function listen(app: NestFastifyApplication, { host, port }: Settings): Promise<string> {
  await app.init();
  const fastify: FastifyInstance = app.getHttpAdapter().getInstance();
  return fastify.listen({ host, port }).catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRINUSE') throw new CannotStart(`Port ${port} is in use already; PORT names another.`);
    if (code === 'EACCES') throw new CannotStart(`Port ${port} may not be used; PORT names another.`);
    throw error;
  });
}

/** Nothing personal is cached, and the log names the route and not the address that was asked for. */
function keepPrivate(fastify: FastifyInstance, { api, docs }: SecurityHeaders, logger: Logger): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    void reply.headers(request.url.startsWith('/docs') ? docs : api).header('x-request-id', request.id);
    done();
  });
  fastify.addHook('onResponse', async (request, reply) => {
    logger.info({
      requestId: request.id,
      method: request.method,
      route: request.routeOptions.url ?? 'unknown',
      status: reply.statusCode,
      ms: Math.round(reply.elapsedTime),
    });
  });
}

/** Behind a proxy that is not believed, everybody seems to come from one address, and waits for everybody else. */
function warnOfProxy(fastify: FastifyInstance, logger: Logger): void {
  let isTold = false;
  fastify.addHook('onRequest', ({ headers }, _, done) => {
    if (!isTold && headers['x-forwarded-for'] !== undefined) {
      isTold = true;
      logger.warn(
        'X-Forwarded-For comes in and is not believed: behind a proxy, TRUST_PROXY has to name it.',
      );
    }
    done();
  });
}
