import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';

const ARCHIVE = { schema: { type: 'string', contentMediaType: 'application/octet-stream' } } as const;
const PROBLEM = { schema: { $ref: '#/components/schemas/Problem' } };

/** What the OpenAPI document says of a route that answers a copy of somebody's data. */
export const AnswersCopy = (): MethodDecorator =>
  applyDecorators(
    ApiResponse({ status: 200, description: 'The archive.', content: { 'application/zip': ARCHIVE } }),
    ApiHeader({
      name: 'Range',
      required: false,
      description: 'A part of the file, such as `bytes=1000-`, to go on where a download broke off.',
      schema: { type: 'string', maxLength: 100, example: 'bytes=1000-' },
    }),
    ApiHeader({
      name: 'If-Range',
      required: false,
      description: 'The ETag of what was downloaded before: of another file all is sent.',
      schema: { type: 'string', maxLength: 100 },
    }),
    ApiResponse({
      status: 206,
      description: 'A part of the archive; `Content-Range` says which.',
      content: { 'application/zip': ARCHIVE },
    }),
    ApiResponse({
      status: 416,
      description: 'There is no such part of the file; `Content-Range` says how long it is.',
      content: { 'application/problem+json': PROBLEM },
    }),
    ApiResponse({
      status: 409,
      description: 'There is no copy now, or it goes another way; `type` says which.',
      content: { 'application/problem+json': PROBLEM },
    }),
  );
