import { applyDecorators } from '@nestjs/common';
import { ApiBody, ApiConsumes } from '@nestjs/swagger';

const FILE = { schema: { type: 'string', contentMediaType: 'text/csv' } } as const;

/** What the OpenAPI document says of a route that takes in a file with records. */
export const TakesRecords = (): MethodDecorator =>
  applyDecorators(
    ApiConsumes('text/csv', 'application/x-ndjson'),
    ApiBody({
      required: true,
      description: 'The file itself. An export in JSON is sent as `application/json` all the same.',
      schema: FILE.schema,
    }),
  );
