import { ROLES, type Role, TASKS, type TaskName } from '../common/actor.js';
import {
  Code,
  Codes,
  Day,
  Flag,
  Id,
  Ids,
  Instant,
  Line,
  Optional,
  Part,
  Parts,
  WholeNumber,
} from '../common/fields.js';
import { PageQuery } from '../common/page.dto.js';
import { BREAKS } from './breaks.js';

export class AuditLogQuery extends PageQuery {
  /** Only what touched this client's file. */
  @Optional()
  @Id()
  clientId?: string;

  /** Only what this user did. */
  @Optional()
  @Id()
  userId?: string;

  /** From this day on, in the practice's time zone. */
  @Optional()
  @Day()
  from?: string;

  /** Up to and including this day. */
  @Optional()
  @Day()
  to?: string;
}

export class AuditEventView {
  @Id()
  id: string;

  @Instant()
  at: string;

  /** `object.verb` */
  @Line(60, { example: 'session.read' })
  event: string;

  @Code(['done', 'refused', 'failed'])
  outcome: string;

  /** Who did it; absent for the system's own work. */
  @Id()
  userId?: string;

  @Codes(ROLES)
  roles: Role[];

  /** The system task that did it. */
  @Code(TASKS)
  task?: TaskName;

  /** For whom a system task worked. */
  @Id()
  onBehalfOf?: string;

  @Id()
  clientId?: string;

  /** Whose files a list or a search held. */
  @Ids(500)
  clientIds?: string[];

  @Line(40)
  objectType?: string;

  @Id()
  objectId?: string;

  @Line(200)
  ground?: string;

  @WholeNumber(0, 2_147_483_647)
  rowCount?: number;

  @Line(45)
  address?: string;

  @Id()
  requestId: string;
}

export class AuditBreak {
  @Code(BREAKS)
  what: (typeof BREAKS)[number];

  /** Number of the seal, from 1. */
  @WholeNumber(1, 2_147_483_647)
  seal: number;

  /** The event that was changed, removed, added or put elsewhere. */
  @Id()
  eventId?: string;
}

export class AuditVerification {
  @Flag()
  isIntact: boolean;

  /** How many seals held. */
  @WholeNumber(0, 2_147_483_647)
  seals: number;

  /** How many events they cover. */
  @WholeNumber(0, 2_147_483_647)
  events: number;

  /** Whether the seals were also held against those that were written out of the database. */
  @Flag()
  comparedOutside: boolean;

  /** The first place that is not as it was sealed. */
  @Part(() => AuditBreak)
  broken?: AuditBreak;
}

export class AuditEventPage {
  @Parts(() => AuditEventView, 100)
  items: AuditEventView[];

  /** Where the next page begins; absent on the last. */
  @Line(500)
  next?: string;
}
