import type { Client } from '../../clients/client.entity.js';
import { dayIn } from '../../common/day.js';
import { stale } from '../../common/problems.js';
import { expectVersion } from '../../common/version.js';
import type { Assignment } from '../assignments/assignment.entity.js';
import { planOf } from '../assignments/occurrences.js';
import { contentOf, isSame, type LogContent } from './log-content.js';
import type { WriteLog } from './log.dto.js';
import type { LogSharing } from './log.entity.js';
import { logIdTaken } from './log.errors.js';
import type { LogRecord } from './log.queries.js';
import { expectLoggable } from './loggable.js';

/** What a log is held against before it is written. */
export interface Known {
  readonly client: Client;
  readonly assignment: Assignment;
  readonly timeZone: string;
  readonly now: Date;
  /** What the client wrote by this id before. */
  readonly stands?: LogRecord;
  /** The sharing that the client chose last. */
  readonly shared?: LogSharing;
}

export interface Weighed {
  readonly content: LogContent;
  /** It says what stands already, so that nothing is to be written. */
  readonly isSame: boolean;
}

/**
 * What a log comes to, given what stands: the same once more, a correction, or a first. A correction that leaves the
 * day alone may come at any time; a day that is told anew lies close by.
 * @throws Problem 409 `file-closed`, `consent-required`, `log-id-taken`, `wrong-state`; 412 `stale`; 422
 */
export function weighLog(
  { client, assignment, timeZone, now, stands, shared }: Known,
  input: WriteLog,
  version?: number,
): Weighed {
  if (stands && stands.assignmentId !== assignment.id) throw logIdTaken();
  if (!stands && version !== undefined) throw stale();
  if (stands) expectVersion(stands, version);
  const content = contentOf(input, stands?.sharing ?? shared ?? 'numbers');
  if (stands && isSame(contentOfRecord(stands), content)) return { content, isSame: true };
  client.expectWritable();
  // A pause is no reason not to have done it, so pauses are left out.
  if (stands?.doneOn !== content.doneOn) {
    expectLoggable(assignment, planOf(assignment, [], timeZone), content.doneOn, dayIn(timeZone, now));
  }
  return { content, isSame: false };
}

/** What the client told, without what was noted about it. */
function contentOfRecord({
  id: _id,
  assignmentId: _of,
  loggedAt: _at,
  version: _v,
  ...content
}: LogRecord): LogContent {
  return content;
}
