import type { OpenAPIObject } from '@nestjs/swagger';
import type { Response } from './open-api.js';

type Headers = NonNullable<NonNullable<OpenAPIObject['components']>['headers']>;

const to = (...names: string[]): Response['headers'] =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));

export const EVERY_HEADER = to('RateLimit-Policy', 'RateLimit', 'Access-Control-Allow-Origin');
export const RETRY_AFTER = to('Retry-After');

/** The header fields of answers that operations have in common. */
export function headerSchemas(): Headers {
  return {
    // draft-ietf-httpapi-ratelimit-headers-10
    'RateLimit-Policy': {
      description:
        'What is allowed: the name of each limit, how much (q) in how many seconds (w). ' +
        'Not there where a request was refused before it was counted.',
      schema: { type: 'string', maxLength: 200, example: '"general";q=600;w=60' },
    },
    RateLimit: {
      description: 'What is left of each limit (r), and in how many seconds it is whole again (t).',
      schema: { type: 'string', maxLength: 200, example: '"general";r=599;t=42' },
    },
    'Access-Control-Allow-Origin': {
      description: 'The origin that asked, where the configuration admits it; otherwise not there.',
      schema: { type: 'string', format: 'uri', maxLength: 300, example: 'https://portal.example.nl' },
    },
    'Retry-After': {
      description: 'Seconds to wait.',
      schema: { type: 'integer', format: 'int32', minimum: 1, maximum: 86400 },
    },
  };
}
