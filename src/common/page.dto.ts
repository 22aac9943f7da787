import { Type } from 'class-transformer';
import { Line, Optional, WholeNumber } from './fields.js';
import { DEFAULT_PAGE_SIZE, LARGEST_PAGE_SIZE } from './page.js';

/** How a list is read: so many at a time, from where the last page ended. */
export class PageQuery {
  /** How many at most. */
  @Optional()
  @Type(() => Number)
  @WholeNumber(1, LARGEST_PAGE_SIZE)
  limit: number = DEFAULT_PAGE_SIZE;

  /** The `next` of the page before. */
  @Optional()
  @Line(500)
  cursor?: string;
}
