import { type ValidationError, ValidationPipe } from '@nestjs/common';
import { getMetadataStorage } from 'class-validator';
import type { InputError, Problem } from '../problem.js';
import { invalidInput } from '../problems.js';
import { wordsFor } from './validation-words.js';

/** Parses bodies and queries into their classes; an unknown field is refused, never ignored. */
export function validation(): ValidationPipe {
  return new ValidationPipe({
    transform: true,
    whitelist: true,
    forbidNonWhitelisted: true,
    forbidUnknownValues: true,
    stopAtFirstError: true,
    validationError: { target: true, value: false },
    exceptionFactory: refused,
  });
}

/** Parses one object by itself, as a body is. @throws Problem 422 `invalid-input` */
export const parse = <T extends object>(type: new () => T, value: object): Promise<T> =>
  PIPE.transform(value, { type: 'body', metatype: type }) as Promise<T>;

/** Every field that is wrong, each with its JSON pointer (RFC 6901) and a sentence in both languages. */
function refused(errors: ValidationError[]): Problem {
  return invalidInput(errors.flatMap((error) => fieldErrors(error, '')));
}

function fieldErrors(error: ValidationError, parent: string): InputError[] {
  const pointer = `${parent}/${error.property.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  const nested = (error.children ?? []).flatMap((child) => fieldErrors(child, pointer));
  const own = Object.keys(error.constraints ?? {})
    .slice(0, 1)
    .map((constraint) => ({ pointer, detail: wordsFor(constraint, argumentsOf(error, constraint)) }));
  return [...own, ...nested];
}

/** What the decorator that failed was given, such as the 10 of `@Max(10)`. */
function argumentsOf({ target, property }: ValidationError, constraint: string): readonly unknown[] {
  if (!target) return [];
  const rules = getMetadataStorage().getTargetValidationMetadatas(target.constructor, '', false, false);
  return rules.find((rule) => rule.propertyName === property && rule.name === constraint)?.constraints ?? [];
}

/**
 * What has been declared of a class does not change any more. The library looks for it among the classes of all bodies and
 * queries there are, each time; here it is found once for each class.
 */
function rememberRules(): void {
  const storage = getMetadataStorage();
  const find = storage.getTargetValidationMetadatas.bind(storage);
  type Rules = ReturnType<typeof find>;
  const known = new WeakMap<object, Rules>();
  storage.getTargetValidationMetadatas = (target, schema, always, isStrict, groups) => {
    if (schema || always || isStrict || groups?.length) return find(target, schema, always, isStrict, groups);
    const rules = known.get(target) ?? find(target, schema, always, isStrict, groups);
    known.set(target, rules);
    return rules;
  };
}

rememberRules();

const PIPE = validation();
