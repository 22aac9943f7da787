import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsString,
  IsUUID,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  ValidateIf,
  ValidateNested,
} from 'class-validator';
import {
  isDay,
  isEmailAddress,
  isInstant,
  isNotBlank,
  isPhone,
  isTimeZone,
  lowerCased,
  trimmed,
  WELL_FORMED,
} from './field-values.js';
import { fold } from './fold.js';

/**
 * The kinds of field that inputs and outputs are made of. One decorator says both what is accepted and
 * what the OpenAPI document promises, so that the two cannot differ.
 */

export type Documented = Pick<ApiPropertyOptions, 'description' | 'example'>;
type Decorator = PropertyDecorator;

const TIME_OF_DAY = /^([01][0-9]|2[0-3]):[0-5][0-9]$/;

/** Nor does a name break into a second line, in a letter or in the header of a mail. */
const ONE_LINE = /^[^\p{Control}\p{Line_Separator}\p{Paragraph_Separator}\p{Surrogate}]*$/u;

/** The field may be left out. */
export const Optional = (): Decorator =>
  applyDecorators(
    ApiProperty({ required: false }),
    ValidateIf((_, value) => value !== undefined),
  );

/** The field may be left out, and `null` clears it (merge patch, RFC 7396). */
export const Clearable = (): Decorator =>
  applyDecorators(
    ApiProperty({ required: false, nullable: true }),
    ValidateIf((_, value) => value !== undefined && value !== null),
  );

/** A line of text: trimmed, not empty. */
export const Line = (maxLength: number, more: Documented = {}): Decorator =>
  applyDecorators(
    ApiProperty({ type: String, minLength: 1, maxLength, pattern: '\\S', ...more }),
    Transform(trimmed),
    IsString(),
    IsNotEmpty(),
    MaxLength(maxLength),
    Matches(ONE_LINE),
  );

/** Free text of one or more lines; kept as it was written, but not blank. */
export const Text = (maxLength: number, more: Documented = {}): Decorator =>
  applyDecorators(
    ApiProperty({ type: String, minLength: 1, maxLength, pattern: '\\S', ...more }),
    IsString(),
    ValidateBy({ name: 'isNotEmpty', validator: { validate: isNotBlank } }),
    MaxLength(maxLength),
    Matches(WELL_FORMED),
  );

/** A piece of a text, cut out of it: it may be no more than a space. */
export const Fragment = (maxLength: number, more: Documented = {}): Decorator =>
  applyDecorators(
    ApiProperty({ type: String, minLength: 1, maxLength, ...more }),
    IsString(),
    MaxLength(maxLength),
  );

/** One of a fixed set of codes. */
export const Code = (codes: readonly string[], more: Documented = {}): Decorator =>
  applyDecorators(ApiProperty({ type: String, enum: [...codes], ...more }), IsIn([...codes]));

/** Bytes as base64url without padding (RFC 4648, section 5), as WebAuthn sends them. */
export const Base64Url = (maxLength: number, more: Documented = {}): Decorator =>
  applyDecorators(
    ApiProperty({ type: String, pattern: '^[\\w-]+$', minLength: 1, maxLength, ...more }),
    IsString(),
    MaxLength(maxLength),
    Matches(/^[\w-]+$/),
  );

/** Several of a fixed set of codes, each once. */
export const Codes = (codes: readonly string[], more: Documented & { minItems?: number } = {}): Decorator =>
  applyDecorators(
    ApiProperty({
      type: 'array',
      items: { type: 'string', enum: [...codes] },
      maxItems: codes.length,
      ...more,
    }),
    IsArray(),
    ArrayUnique(),
    ArrayMinSize(more.minItems ?? 0),
    ArrayMaxSize(codes.length),
    IsIn([...codes], { each: true }),
  );

const CODE_NAME = /^[a-z][a-zA-Z0-9_]{1,39}$/;

/** A code that a practice may have made itself; which ones there are is for the service to know. */
export const CodeName = (more: Documented = {}): Decorator =>
  applyDecorators(
    ApiProperty({ type: String, pattern: CODE_NAME.source, maxLength: 40, ...more }),
    IsString(),
    Matches(CODE_NAME),
  );

/** Several of such codes, each once. */
export const CodeNames = (maxItems: number, more: Documented = {}): Decorator =>
  applyDecorators(
    ApiProperty({
      type: 'array',
      items: { type: 'string', pattern: CODE_NAME.source, maxLength: 40 },
      maxItems,
      ...more,
    }),
    IsArray(),
    ArrayUnique(),
    ArrayMaxSize(maxItems),
    IsString({ each: true }),
    Matches(CODE_NAME, { each: true }),
  );

/** Lines of text, each once, however it is written. */
export const Lines = (maxItems: number, maxLength: number, more: Documented = {}): Decorator =>
  applyDecorators(
    ApiProperty({
      type: 'array',
      items: { type: 'string', minLength: 1, maxLength, pattern: '\\S' },
      maxItems,
      ...more,
    }),
    Transform(({ value }: { value: unknown }) =>
      Array.isArray(value) ? value.map((line: unknown) => trimmed({ value: line })) : value,
    ),
    IsArray(),
    ArrayMaxSize(maxItems),
    ArrayUnique((line: unknown) => (typeof line === 'string' ? fold(line) : line)),
    IsString({ each: true }),
    IsNotEmpty({ each: true }),
    MaxLength(maxLength, { each: true }),
    Matches(ONE_LINE, { each: true }),
  );

/** A list of texts. */
export const Texts = (maxItems: number, maxLength: number, more: Documented = {}): Decorator =>
  applyDecorators(
    ApiProperty({ type: 'array', items: { type: 'string', minLength: 1, maxLength }, maxItems, ...more }),
    IsArray(),
    ArrayMaxSize(maxItems),
    IsString({ each: true }),
    IsNotEmpty({ each: true }),
    MaxLength(maxLength, { each: true }),
    Matches(WELL_FORMED, { each: true }),
  );

/** A whole number within bounds; in a query it arrives as text. */
export const WholeNumber = (minimum: number, maximum: number, more: Documented = {}): Decorator =>
  applyDecorators(
    ApiProperty({ type: 'integer', format: 'int32', minimum, maximum, ...more }),
    IsInt(),
    Min(minimum),
    Max(maximum),
  );

/** Several whole numbers within bounds, each once. */
export const WholeNumbers = (
  minimum: number,
  maximum: number,
  maxItems: number,
  more: Documented = {},
): Decorator =>
  applyDecorators(
    ApiProperty({
      type: 'array',
      items: { type: 'integer', format: 'int32', minimum, maximum },
      minItems: 1,
      maxItems,
      ...more,
    }),
    IsArray(),
    ArrayUnique(),
    ArrayMinSize(1),
    ArrayMaxSize(maxItems),
    IsInt({ each: true }),
    Min(minimum, { each: true }),
    Max(maximum, { each: true }),
  );

export const Flag = (more: Documented = {}): Decorator =>
  applyDecorators(ApiProperty({ type: Boolean, ...more }), IsBoolean());

export const Id = (more: Documented = {}): Decorator =>
  applyDecorators(
    ApiProperty({ type: String, format: 'uuid', maxLength: 36, ...more }),
    Transform(lowerCased),
    IsUUID(),
  );

/** Several ids. */
export const Ids = (maxItems: number, more: Documented = {}): Decorator =>
  applyDecorators(
    ApiProperty({
      type: 'array',
      items: { type: 'string', format: 'uuid', maxLength: 36 },
      maxItems,
      ...more,
    }),
    IsArray(),
    ArrayMaxSize(maxItems),
    IsUUID(undefined, { each: true }),
  );

/** A calendar day, `YYYY-MM-DD`. */
export const Day = (more: Documented = {}): Decorator =>
  applyDecorators(
    ApiProperty({ type: String, format: 'date', maxLength: 10, ...more }),
    ValidateBy({ name: 'isDay', validator: { validate: isDay } }),
  );

/** A time of day on a clock, `HH:MM`. */
export const TimeOfDay = (more: Documented = {}): Decorator =>
  applyDecorators(
    ApiProperty({ type: String, pattern: TIME_OF_DAY.source, maxLength: 5, ...more }),
    ValidateBy({
      name: 'isTimeOfDay',
      validator: { validate: (value) => typeof value === 'string' && TIME_OF_DAY.test(value) },
    }),
  );

/** An instant, RFC 3339 with its zone; answers are in UTC. */
export const Instant = (more: Documented = {}): Decorator =>
  applyDecorators(
    ApiProperty({ type: String, format: 'date-time', maxLength: 40, ...more }),
    ValidateBy({ name: 'isMoment', validator: { validate: isInstant } }),
  );

/** An e-mail address, in ASCII as every mail server takes it (RFC 5321); stored in lower case. */
export const EmailAddress = (more: Documented = {}): Decorator =>
  applyDecorators(
    ApiProperty({ type: String, format: 'email', maxLength: 254, ...more }),
    Transform(lowerCased),
    ValidateBy({ name: 'isEmail', validator: { validate: isEmailAddress } }),
  );

/** A phone number, E.164. */
export const Phone = (more: Documented = {}): Decorator =>
  applyDecorators(
    ApiProperty({ type: String, pattern: '^\\+[1-9][0-9]{1,14}$', maxLength: 16, ...more }),
    ValidateBy({ name: 'isPhone', validator: { validate: isPhone } }),
  );

export const TimeZone = (more: Documented = {}): Decorator =>
  applyDecorators(
    ApiProperty({ type: String, maxLength: 64, ...more }),
    ValidateBy({ name: 'isTimeZone', validator: { validate: isTimeZone } }),
  );

/** A nested object. */
export const Part = (type: () => new () => object, more: Documented = {}): Decorator =>
  applyDecorators(ApiProperty({ type: () => type(), ...more }), Type(type), ObjectOnly(), ValidateNested());

/** A list of nested objects. */
export const Parts = (
  type: () => new () => object,
  maxItems: number,
  more: Documented & { minItems?: number } = {},
): Decorator =>
  applyDecorators(
    ApiProperty({ type: () => type(), isArray: true, maxItems, ...more }),
    Type(type),
    IsArray(),
    ArrayMinSize(more.minItems ?? 0),
    ArrayMaxSize(maxItems),
    ValidateNested({ each: true }),
  );

/** An object that is taken as it comes, and not looked into. */
export const AnyObject = (more: Documented = {}): Decorator =>
  applyDecorators(ApiProperty({ type: 'object', additionalProperties: true, ...more }), ObjectOnly());

/** Without this a nested array or string would pass as an object without fields. */
export const ObjectOnly = (): Decorator =>
  ValidateBy({
    name: 'isObject',
    validator: { validate: (value) => typeof value === 'object' && value !== null && !Array.isArray(value) },
  });
