import { Code, Day, Instant, Line, Optional, Parts, WholeNumber } from '../common/fields.js';
import { PageQuery } from '../common/page.dto.js';

/** In what capacity somebody, or the system, touched a file. */
export const CAPACITIES = ['coach', 'admin', 'system', 'other'] as const;
export type Capacity = (typeof CAPACITIES)[number];

export class AccessLogQuery extends PageQuery {
  /** From this day on, in the practice's time zone; without it, three months before the last day. */
  @Optional()
  @Day()
  from?: string;

  /** Up to and including this day; without it, today. */
  @Optional()
  @Day()
  to?: string;
}

export class AccessLogLine {
  /** The day, in the practice's time zone. */
  @Day()
  on: string;

  /** When first, and when last, on that day. */
  @Instant()
  firstAt: string;

  @Instant()
  lastAt: string;

  /** How often that day. */
  @WholeNumber(1, 2_147_483_647)
  times: number;

  @Code(CAPACITIES)
  capacity: Capacity;

  /** The name of the coach or admin. */
  @Line(200)
  name?: string;

  /** `object.verb` */
  @Line(60, { example: 'client.read' })
  event: string;

  /** The same in a sentence, in the language of `Accept-Language`. */
  @Line(500, { example: 'Coen de Coach (coach) opende je dossier, 3 keer.' })
  sentence: string;
}

export class AccessLogPage {
  @Parts(() => AccessLogLine, 100)
  items: AccessLogLine[];

  /** Where the next page begins; absent on the last. */
  @Line(500)
  next?: string;
}
