import { applyDecorators } from '@nestjs/common';
import { ApiHeader, ApiParam, ApiResponse } from '@nestjs/swagger';
import { CONTENT_TYPES } from './formats/export-format.js';
import { ROW_KINDS } from './records/record-kinds.js';

const CSV = { schema: { type: 'string', maxLength: 2_147_483_647 } } as const;
const JSON_ARRAY = {
  schema: {
    type: 'array',
    maxItems: 2_147_483_647,
    items: { type: 'object', additionalProperties: true },
  },
} as const;
const PROBLEM = { schema: { $ref: '#/components/schemas/Problem' } };

const BYTES = { schema: { type: 'string', contentMediaType: 'application/octet-stream' } } as const;
const LINES = { schema: { type: 'string', maxLength: 2_147_483_647 } } as const;

/** What the OpenAPI document says of a route that answers a file of any format. */
export const AnswersExportFile = (): MethodDecorator =>
  applyDecorators(
    ApiResponse({
      status: 200,
      description:
        'The file: CSV with a header row (RFC 4180), one JSON object a line, one array of objects, a workbook, a document, or an archive.',
      content: {
        'text/csv': CSV,
        'application/x-ndjson': LINES,
        'application/json': JSON_ARRAY,
        [CONTENT_TYPES.xlsx]: BYTES,
        [CONTENT_TYPES.pdf]: BYTES,
        [CONTENT_TYPES.zip]: BYTES,
      },
    }),
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
      description: 'A part of the file; `Content-Range` says which.',
      content: {
        'text/csv': CSV,
        'application/x-ndjson': LINES,
        'application/json': LINES,
        [CONTENT_TYPES.xlsx]: BYTES,
        [CONTENT_TYPES.pdf]: BYTES,
        [CONTENT_TYPES.zip]: BYTES,
      },
    }),
    ApiResponse({
      status: 416,
      description: 'There is no such part of the file; `Content-Range` says how long it is.',
      content: { 'application/problem+json': PROBLEM },
    }),
    ApiResponse({
      status: 409,
      description: 'There is no file now; `state` says why.',
      content: { 'application/problem+json': PROBLEM },
    }),
  );

/** What it says of a route that tells how an export goes. */
export const AnswersEvents = (): MethodDecorator =>
  ApiResponse({
    status: 200,
    description:
      'An event `export` at each change, whose data are the export as `GET /v1/exports/{id}` answers it; the last is that of a state that stays.',
    content: { 'text/event-stream': { schema: { type: 'string', maxLength: 2_147_483_647 } } },
  });

/** What it says of a route about a file that may not have been made. */
export const AnswersNothingMade = (): MethodDecorator =>
  ApiResponse({
    status: 409,
    description: 'No file was made; `state` says why.',
    content: { 'application/problem+json': PROBLEM },
  });

/** What it says of a route that answers CSV, row by row. */
export const AnswersCsv = (): MethodDecorator =>
  applyDecorators(
    ApiParam({ name: 'records', enum: ROW_KINDS }),
    ApiResponse({
      status: 200,
      description:
        'CSV with a header row (RFC 4180), for as long as there are rows, in no particular order. An answer that breaks off is not whole.',
      content: { 'text/csv': CSV },
    }),
  );
