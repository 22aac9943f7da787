import { ROLES, type Role, TASKS, type TaskName } from '../common/actor.js';
import {
  Code,
  Codes,
  Flag,
  Id,
  Instant,
  Line,
  Optional,
  Parts,
  Texts,
  WholeNumber,
} from '../common/fields.js';
import { PageQuery } from '../common/page.dto.js';

export class LeakReportQuery extends PageQuery {
  /** From this instant on. */
  @Instant()
  from: string;

  /** Up to this instant. */
  @Instant()
  until: string;

  /** Only what this user did, where it is their login that was taken. */
  @Optional()
  @Id()
  userId?: string;
}

export class FileTouch {
  /** Who did it, or for whom the system did; absent for the system's own work. */
  @Id()
  userId?: string;

  @Line(120)
  name?: string;

  @Codes(ROLES)
  roles: Role[];

  @Code(TASKS)
  task?: TaskName;

  /** How many events. */
  @WholeNumber(1, 2_147_483_647)
  times: number;

  @Instant()
  firstAt: string;

  @Instant()
  lastAt: string;

  /** What was done, as the audit log names it. */
  @Texts(200, 60)
  events: string[];

  /** From where; lists that a file stood in are told without. */
  @Texts(1000, 45)
  addresses: string[];
}

export class TouchedFile {
  @Id()
  clientId: string;

  /** Absent where the file is no more. */
  @Line(120)
  name?: string;

  @Parts(() => FileTouch, 10_000)
  touches: FileTouch[];
}

export class LeakReport {
  @Instant()
  from: string;

  @Instant()
  until: string;

  /** Whether the whole log is what was sealed; where it is not, this report may be wrong. */
  @Flag()
  isIntact: boolean;

  /** How many files were touched in the period: about so many people are concerned (art. 33(3)(a)). */
  @WholeNumber(0, 2_147_483_647)
  files: number;

  @Parts(() => TouchedFile, 100)
  items: TouchedFile[];

  /** Where the next page begins; absent on the last. */
  @Line(500)
  next?: string;
}
