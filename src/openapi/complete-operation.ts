import { EVERY_HEADER, RETRY_AFTER } from './header-schemas.js';
import type { Operation, Parameter, Response } from './open-api.js';

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

const WHEN: Readonly<Record<number, string>> = {
  400: 'The request cannot be read.',
  401: 'No valid sign-in.',
  403: 'Never for this role.',
  404: 'Not there, or not yours.',
  409: 'Not possible in this state.',
  412: 'It has changed since the version you name.',
  413: 'Too large.',
  415: 'Only JSON is read.',
  416: 'There is no such part; `Content-Range` says how long it is.',
  422: 'Something in the input is not right.',
  429: 'Too often; wait as long as `Retry-After` says.',
  428: 'Say which version you are changing.',
  500: 'Something went wrong on our side; nothing was half done.',
  503: 'Not available for a moment.',
};

/** Adds what every operation has in common, by what it is: its problems, its headers, its path parameters. */
export function completeOperation(path: string, method: Method, operation: Operation): Operation {
  const isPublic = operation.security?.some((scheme) => Object.keys(scheme).length === 0) ?? false;
  const parameters = [
    ...parametersOf(operation),
    ...(method === 'post' && !isPublic ? [IDEMPOTENCY_KEY] : []),
  ];
  const statuses = problemStatuses(path, method, operation, isPublic);
  return {
    ...operation,
    // An empty list is how OpenAPI says that no sign-in is needed.
    ...(isPublic && { security: [] }),
    parameters,
    responses: {
      ...withHeaders(operation.responses as Record<string, Response>),
      ...Object.fromEntries(statuses.map((status) => [status, problem(status)])),
      ...(wantsRecentProof(operation) && { 401: RECENT_PROOF }),
    },
  };
}

function problemStatuses(path: string, method: Method, operation: Operation, isPublic: boolean): number[] {
  const names = parametersOf(operation).map(({ name }) => name);
  const ifMatch = parametersOf(operation).find(({ name }) => name === 'If-Match');
  const hasBody = operation.requestBody !== undefined;
  const changes = method !== 'get';
  return [
    ...declaredProblems(operation),
    ...(path.startsWith('/health') ? [] : [400]),
    // To sign in from a page of somebody else is refused too.
    ...(isPublic && !path.includes('/auth/') ? [] : [401, 403]),
    // What a repeated request made may be somebody else's by now.
    ...(path.includes('{') || (method === 'post' && !isPublic) ? [404] : []),
    // Of what is public only an invitation stands in a state: it may have been accepted already.
    ...(changes && (!isPublic || path.includes('{')) ? [409] : []),
    ...(ifMatch ? [412] : []),
    ...(hasBody ? [413, 415] : []),
    ...(hasBody || names.length > 0 || changes ? [422] : []),
    ...(ifMatch?.required ? [428] : []),
    429,
    500,
    503,
  ];
}

/** The problems that a route itself says it may answer with. */
function declaredProblems({ responses }: Operation): number[] {
  return Object.keys(responses)
    .map(Number)
    .filter((status) => status >= 400);
}

/** Single resources carry their version, and what is new says where it is. */
function withHeaders(responses: Record<string, Response>): Record<string, Response> {
  return Object.fromEntries(
    Object.entries(responses).map(([status, response]) => [
      status,
      {
        ...response,
        description: response.description || DESCRIBED[status] || 'Done.',
        headers: { ...response.headers, ...EVERY_HEADER },
      },
    ]),
  );
}

/** `@StepUp()` says so of a route. */
const wantsRecentProof = (operation: Operation): boolean => 'x-step-up' in operation;

const DESCRIBED: Readonly<Record<string, string>> = {
  200: 'Done.',
  201: 'Made.',
  202: 'Accepted.',
  204: 'Done; there is nothing to tell.',
};

function problem(status: number): Response {
  return {
    description: WHEN[status]!,
    headers: status === 429 ? { ...EVERY_HEADER, ...RETRY_AFTER } : EVERY_HEADER,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  };
}

const RECENT_PROOF: Response = {
  ...problem(401),
  description:
    'No valid sign-in; or `step-up-required`: prove who you are by `POST /v1/auth/step-up`, and send this again within ten minutes.',
};

function parametersOf(operation: Operation): Parameter[] {
  return ((operation.parameters ?? []) as Parameter[]).map((parameter) =>
    parameter.in === 'path' && !NAMES.includes(parameter.name) && !isOneOfAFew(parameter)
      ? { ...parameter, schema: { type: 'string', format: 'uuid', maxLength: 36 } }
      : parameter,
  );
}

/** Places in a path that hold a secret code, or the name of something. */
const NAMES = ['code', 'slug', 'article'];

/** Such as the records in `/exports/stream/{records}.csv`; all other places in a path are ids. */
const isOneOfAFew = ({ schema }: Parameter): boolean => schema !== undefined && 'enum' in schema;

const IDEMPOTENCY_KEY: Parameter = {
  name: 'Idempotency-Key',
  in: 'header',
  required: false,
  description:
    'Makes this request safe to send twice: the second time tells what the first one did, for 24 hours. ' +
    'The order of the fields in the body does not matter.',
  schema: { type: 'string', minLength: 1, maxLength: 255, pattern: '^[!-~]+$' },
};
