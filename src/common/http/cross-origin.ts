import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';

/** Header fields that a page may send, beside those that any may, and those that it may read. */
const SENT = [
  'accept-language',
  'authorization',
  'content-type',
  'idempotency-key',
  'if-match',
  'if-none-match',
  'x-web-client',
];
const READ = [
  'content-language',
  'etag',
  'location',
  'ratelimit',
  'ratelimit-policy',
  'retry-after',
  'x-request-id',
];
const REMEMBERED_SECONDS = 600;

/** Lets pages of these origins call, and no others; with none named, the browser lets no foreign page read an answer. */
export async function admitOrigins(fastify: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return;
  await fastify.register(cors, {
    origin: [...origins],
    credentials: true,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: SENT,
    exposedHeaders: READ,
    maxAge: REMEMBERED_SECONDS,
    strictPreflight: true,
  });
}
