import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ValidateNested } from 'class-validator';
import { ObjectOnly } from './fields.js';

/**
 * A nested object of one of several kinds, told apart by a field; each kind has its own fields and no others.
 * @param otherwise what to hold an object of no known kind against, so that the answer says which kinds there are
 */
export const OneOf = (
  property: string,
  kinds: Readonly<Record<string, new () => object>>,
  otherwise: new () => object,
): PropertyDecorator => {
  const classes = new Map<unknown, new () => object>(Object.entries(kinds));
  const mapping = Object.fromEntries(
    Object.entries(kinds).map(([kind, type]) => [kind, getSchemaPath(type)]),
  );
  const kindOf = (value: unknown): unknown =>
    (value as Record<string, unknown> | null | undefined)?.[property];
  return (target, name) => {
    ApiExtraModels(...classes.values())(target.constructor);
    ApiProperty({
      oneOf: Object.values(mapping).map(($ref) => ({ $ref })),
      discriminator: { propertyName: property, mapping },
    })(target, name);
    Type(
      (options) =>
        classes.get(kindOf((options!.object as Record<string | symbol, unknown>)[name])) ?? otherwise,
    )(target, name);
    ObjectOnly()(target, name);
    ValidateNested()(target, name);
  };
};
