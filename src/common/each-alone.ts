import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsObject } from 'class-validator';

/**
 * A list of objects that are checked one by one, later (`parse`), so that one that is wrong does not hold up the
 * others; the document tells them as the whole objects that they are to be.
 */
export const EachAlone = (type: () => new () => object, maxItems: number): PropertyDecorator =>
  applyDecorators(
    ApiProperty({ type: () => type(), isArray: true, minItems: 1, maxItems }),
    IsArray(),
    ArrayMinSize(1),
    ArrayMaxSize(maxItems),
    IsObject({ each: true }),
  );
