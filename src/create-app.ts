import 'reflect-metadata';
import { randomUUID } from 'node:crypto';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { AppModule } from './app.module.js';
import { LARGEST_BODY_BYTES } from './common/http/problem.filter.js';
import { Routes } from './common/http/routes.js';
import { makeLogger, NestLogger } from './common/logger.js';
import { type Settings } from './config/settings.js';
import { serveDocs } from './openapi/serve-docs.js';

/** The same application for the server, the tests, the demo and the OpenAPI file. */
export async function createApp(
  settings: Settings,
  logger = makeLogger(settings.logLevel),
): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: LARGEST_BODY_BYTES,
    trustProxy: settings.trustProxy,
    genReqId: () => randomUUID(),
    requestTimeout: 30_000,
    connectionTimeout: 30_000,
    routerOptions: { maxParamLength: 200 },
  });
  const fastify = adapter.getInstance() as unknown as FastifyInstance;
  const routes = new Routes();
  routes.watch(fastify);
  readJsonOnly(fastify);
  keepPrivate(fastify, logger);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.with(settings, routes), adapter, {
    bodyParser: false,
    logger: new NestLogger(logger),
    // Whoever starts the app says why it could not; Nest would end the process without a word.
    abortOnError: false,
  });
  app.enableShutdownHooks();
  serveDocs(app);
  return app;
}

/** JSON and merge patches (RFC 7396) are read; anything else is a 415. */
function readJsonOnly(fastify: FastifyInstance): void {
  fastify.removeContentTypeParser('text/plain');
  fastify.addContentTypeParser(
    'application/merge-patch+json',
    { parseAs: 'string' },
    fastify.getDefaultJsonParser('error', 'error'),
  );
}

/** Nothing personal is cached, and the log names the route and not the address that was asked for. */
function keepPrivate(fastify: FastifyInstance, logger: Logger): void {
  fastify.addHook('onRequest', async (request, reply) => {
    void reply.headers({ 'x-request-id': request.id, 'x-content-type-options': 'nosniff' });
    if (!request.url.startsWith('/docs')) void reply.header('cache-control', 'no-store');
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
