import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { IsNumber, Max, Min } from 'class-validator';
import type { Documented } from './fields.js';

/** A number within bounds that need not be whole, such as a mean. */
export const Figure = (minimum: number, maximum: number, more: Documented = {}): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: Number, format: 'double', minimum, maximum, ...more }),
    IsNumber(),
    Min(minimum),
    Max(maximum),
  );

/** The field of an answer is always there, and null where there is nothing to tell. */
export const OrNull = (): PropertyDecorator => ApiProperty({ nullable: true });
