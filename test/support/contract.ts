import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OpenAPIObject } from '@nestjs/swagger';
import Ajv2020, { type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { Response } from 'light-my-request';
import { PACKAGE_ROOT } from '../../src/common/package-root.js';

const document = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'openapi.json'), 'utf8')) as OpenAPIObject;
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema(document, 'openapi.json');

const validators = new Map<string, ValidateFunction>();

/** Fails when an answer is not what `openapi.json` promises for this route and status. */
export function expectContract(method: string, url: string, answer: Response): void {
  const path = pathOf(url.split('?')[0]!);
  if (!path || !url.startsWith('/v1')) return;
  const operation = document.paths[path]![method.toLowerCase() as 'get'];
  if (!operation) return;
  const response = operation.responses[answer.statusCode];
  if (!response) throw new Error(`${method} ${path} answered ${answer.statusCode}, which is not documented`);
  const [type] = String(answer.headers['content-type'] ?? '').split(';');
  if (!('content' in response) || !response.content) {
    if (answer.body !== '') throw new Error(`${method} ${path} answered a body that is not documented`);
    return;
  }
  if (!response.content[type!])
    throw new Error(`${method} ${path} answered ${type}, which is not documented`);
  if (!/[/+]json$/.test(type!)) return;
  const pointer = [
    'paths',
    path,
    method.toLowerCase(),
    'responses',
    answer.statusCode,
    'content',
    type,
    'schema',
  ];
  const validate = validatorOf(
    `openapi.json#/${pointer.map((part) => escapePointer(String(part))).join('/')}`,
  );
  if (!validate(answer.json())) {
    throw new Error(
      `${method} ${path} ${answer.statusCode}: ${ajv.errorsText(validate.errors)}\n${answer.body}`,
    );
  }
}

function validatorOf(ref: string): ValidateFunction {
  const known = validators.get(ref);
  if (known) return known;
  const made = ajv.compile({ $ref: ref });
  validators.set(ref, made);
  return made;
}

function pathOf(url: string): string | undefined {
  const parts = url.split('/');
  const fits = (path: string): boolean => {
    const wanted = path.split('/');
    return (
      wanted.length === parts.length && wanted.every((part, i) => part.startsWith('{') || part === parts[i])
    );
  };
  // A literal path, such as /exports/stream, is meant before one with a parameter.
  return Object.keys(document.paths)
    .sort((a, b) => a.split('{').length - b.split('{').length)
    .find(fits);
}

function escapePointer(part: string): string {
  return encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'));
}
