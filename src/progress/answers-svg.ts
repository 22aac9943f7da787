import { applyDecorators, Header } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';

/** A picture: what the browser shows as one, and never runs or guesses at (the headers of every answer see to the rest). */
export const AnswersSvg = (): MethodDecorator =>
  applyDecorators(
    Header('content-type', 'image/svg+xml; charset=utf-8'),
    Header('content-disposition', 'inline; filename="progress.svg"'),
    ApiResponse({
      status: 200,
      description: 'A picture, with its title and what it shows in words.',
      content: { 'image/svg+xml': { schema: { type: 'string', maxLength: 2_147_483_647 } } },
    }),
  );
