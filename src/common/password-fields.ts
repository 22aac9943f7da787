import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsString, Matches, MaxLength, MinLength, ValidateBy } from 'class-validator';
import { composed, isNotBlank, WELL_FORMED } from './field-values.js';
import type { Documented } from './fields.js';

const LONGEST_PASSWORD = 128;

/**
 * A password that somebody chooses: long, where it is the only factor (NIST SP 800-63B-4, section 3.1.1.2).
 * It is counted in the form in which it is hashed (NFC).
 * @param more.minLength 15, or less where the person may have a second factor; then the service holds the rest of the rule
 */
export const NewPassword = ({
  minLength = 15,
  ...more
}: Documented & { minLength?: number } = {}): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, format: 'password', minLength, maxLength: LONGEST_PASSWORD, ...more }),
    Transform(composed),
    IsString(),
    MinLength(minLength),
    MaxLength(LONGEST_PASSWORD),
    Matches(WELL_FORMED),
  );

/** A password that somebody has already, in whatever Unicode form their keyboard gives it. */
export const Password = (more: Documented = {}): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: String, format: 'password', minLength: 1, maxLength: LONGEST_PASSWORD, ...more }),
    Transform(composed),
    IsString(),
    ValidateBy({ name: 'isNotEmpty', validator: { validate: isNotBlank } }),
    MaxLength(LONGEST_PASSWORD),
    Matches(WELL_FORMED),
  );
