import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ApiHeader, type ApiHeaderOptions } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import type { Origin, Person } from '../actor.js';
import { type Language, preferredLanguage } from '../language.js';
import { invalidInput, preconditionRequired } from '../problems.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by the guard on every route that is not public. */
    user?: Person;
  }
}

export const requestOf = (context: ExecutionContext): FastifyRequest =>
  context.switchToHttp().getRequest<FastifyRequest>();

export const originOf = (request: FastifyRequest): Origin => ({ requestId: request.id, address: request.ip });

/** The signed-in person who calls. */
export const CurrentPerson = createParamDecorator((_: unknown, context: ExecutionContext): Person => {
  const { user } = requestOf(context);
  if (!user) throw new Error('CurrentPerson was used on a public route');
  return user;
});

/** Where a request on a public route came from. */
export const CurrentOrigin = createParamDecorator((_: unknown, context: ExecutionContext): Origin =>
  originOf(requestOf(context)),
);

/** The language that the caller wants to read. */
export const CurrentLanguage = createParamDecorator((_: unknown, context: ExecutionContext): Language =>
  preferredLanguage(requestOf(context).headers['accept-language']),
);

const ETAG = /^"(\d{1,9})"$/;

/**
 * The version that `If-Match` names; absent when there is no such header.
 * `@IfMatch('required')` refuses a request without it (428), for texts that a second editor might lose.
 */
export const IfMatch = (need?: 'required'): ParameterDecorator =>
  documented(versionAsked(need), {
    name: 'If-Match',
    required: need === 'required',
    description: 'The ETag of the version that this changes: a change made since is not overwritten.',
    schema: { type: 'string', pattern: '^"[0-9]{1,9}"$', maxLength: 11, example: '"3"' },
  });

const versionAsked = createParamDecorator(
  (need: 'required' | undefined, context: ExecutionContext): number | undefined => {
    const header = requestOf(context).headers['if-match'];
    if (header === undefined || header === '*') {
      if (need === 'required') throw preconditionRequired('If-Match');
      return undefined;
    }
    const version = ETAG.exec(header)?.[1];
    if (version === undefined) {
      throw invalidInput([
        {
          parameter: 'If-Match',
          detail: {
            nl: 'Stuur de ETag die je kreeg, zoals "3".',
            en: 'Send the ETag you were given, such as "3".',
          },
        },
      ]);
    }
    return Number(version);
  },
);

/** Whether the request says `If-None-Match: *`: "only if there is nothing yet" (RFC 9110). */
export const IfNoneMatch = (): ParameterDecorator =>
  documented(nothingYet(), {
    name: 'If-None-Match',
    required: false,
    description: 'Send * to say that there is nothing yet to overwrite.',
    schema: { type: 'string', enum: ['*'] },
  });

const nothingYet = createParamDecorator(
  (_: unknown, context: ExecutionContext): boolean => requestOf(context).headers['if-none-match'] === '*',
);

/** A parameter that the OpenAPI document shows as a header of the operation. */
function documented(parameter: ParameterDecorator, header: ApiHeaderOptions): ParameterDecorator {
  return (target, method, index) => {
    parameter(target, method, index);
    ApiHeader(header)(target, method!, Object.getOwnPropertyDescriptor(target, method!)!);
  };
}
