import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes, ApiHeader, ApiResponse } from '@nestjs/swagger';
import { PLAYED } from './content-types.js';

const BYTES = { schema: { type: 'string', contentMediaType: 'application/octet-stream' } } as const;
const CONTENT = Object.fromEntries(PLAYED.map((type) => [type, BYTES]));
const PROBLEM = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };

/** What the OpenAPI document says of a route that takes in a recording. */
export const TakesMedium = (): MethodDecorator =>
  applyDecorators(
    ApiConsumes(...PLAYED, 'application/octet-stream'),
    ApiBody({
      required: true,
      description: 'The file itself; what it is, is found in its bytes.',
      schema: BYTES.schema,
    }),
  );

/** What it says of a route that plays one. */
export const PlaysMedium = (): MethodDecorator =>
  applyDecorators(
    ApiHeader({
      name: 'Range',
      required: false,
      description: 'A part of the recording, such as `bytes=1000-`, as players ask for.',
      schema: { type: 'string', maxLength: 100, example: 'bytes=1000-' },
    }),
    ApiHeader({
      name: 'If-Range',
      required: false,
      description: 'The ETag of what came before: of another recording all is sent.',
      schema: { type: 'string', maxLength: 100 },
    }),
    ApiResponse({ status: 200, description: 'The recording.', content: CONTENT }),
    ApiResponse({
      status: 206,
      description: 'A part of the recording; `Content-Range` says which.',
      content: CONTENT,
    }),
    ApiResponse({
      status: 409,
      description: 'The file is not there any more.',
      content: PROBLEM,
    }),
    ApiResponse({
      status: 416,
      description: 'There is no such part; `Content-Range` says how long it is.',
      content: PROBLEM,
    }),
  );
