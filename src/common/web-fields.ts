import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { MaxLength, ValidateBy } from 'class-validator';
import { isHttpsAddress, trimmed } from './field-values.js';
import type { Documented } from './fields.js';

const LONGEST_ADDRESS = 2000;

/** An address on the web that a browser opens over TLS; who it belongs to is not judged. */
export const HttpsAddress = (more: Documented = {}): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, format: 'uri', pattern: '^https://', maxLength: LONGEST_ADDRESS, ...more }),
    Transform(trimmed),
    MaxLength(LONGEST_ADDRESS),
    ValidateBy({ name: 'isHttpsAddress', validator: { validate: isHttpsAddress } }),
  );
