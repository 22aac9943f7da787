import type { SelectQueryBuilder } from 'typeorm';
import type { FileScope } from '../../clients/client-files.js';
import type { Position } from '../../common/page.js';
import type { Tx } from '../../database/tx.js';
import { ExerciseVersion } from '../exercises/exercise-version.entity.js';
import { Assignment, type AssignmentStatus } from './assignment.entity.js';
import { AssignmentMessage } from './assignment-message.entity.js';
import { AssignmentPause } from './assignment-pause.entity.js';

/** An assignment with the exercise it is of, its sealed words and the pause that it is in. */
export interface AssignmentRow {
  readonly assignment: Assignment;
  readonly exercise: ExerciseVersion;
  readonly message: AssignmentMessage | null;
  /** There only while it rests. */
  readonly openPause: AssignmentPause | null;
}

type Joined = Assignment & Omit<AssignmentRow, 'assignment'>;

/** Which assignments of a file, from a place on. */
export interface AssignmentsAsked {
  readonly status?: AssignmentStatus;
  /** The session that they were given in. */
  readonly sessionId?: string;
  readonly after?: Position;
  readonly limit: number;
}

/** The assignments of one file, newest first. */
export async function assignmentsPage(
  tx: Tx,
  { practiceId, clientId }: FileScope & { clientId: string },
  { status, sessionId, after, limit }: AssignmentsAsked,
): Promise<AssignmentRow[]> {
  const page = assignments(tx)
    .where('a.practiceId = :practiceId and a.clientId = :clientId', { practiceId, clientId })
    .orderBy('a.id', 'DESC')
    .limit(limit);
  if (status) page.andWhere('a.status = :status', { status });
  if (sessionId) page.andWhere('a.sessionId = :sessionId', { sessionId });
  if (after) page.andWhere('a.id < :after', { after: after[0] });
  return ((await page.getMany()) as Joined[]).map(rowOf);
}

/** One assignment, whose scope was looked at before. */
export async function assignmentRow(tx: Tx, { practiceId, id }: Assignment): Promise<AssignmentRow> {
  const found = assignments(tx).where('a.practiceId = :practiceId and a.id = :id', { practiceId, id });
  return rowOf((await found.getOneOrFail()) as Joined);
}

function assignments(tx: Tx): SelectQueryBuilder<Assignment> {
  return tx.manager
    .createQueryBuilder(Assignment, 'a')
    .innerJoinAndMapOne(
      'a.exercise',
      ExerciseVersion,
      'e',
      'e.practiceId = a.practiceId and e.exerciseId = a.exerciseId and e.version = a.exerciseVersion',
    )
    .leftJoinAndMapOne(
      'a.message',
      AssignmentMessage,
      'm',
      'm.practiceId = a.practiceId and m.assignmentId = a.id',
    )
    .leftJoinAndMapOne(
      'a.openPause',
      AssignmentPause,
      'p',
      'p.practiceId = a.practiceId and p.assignmentId = a.id and p.resumedAt is null',
    );
}

function rowOf(joined: Joined): AssignmentRow {
  const { exercise, message, openPause } = joined;
  return { assignment: joined, exercise, message, openPause };
}

/** How many assignments a client has on their hands today: neither paused nor past their last day. */
export async function countActive(tx: Tx, clientId: string, today: string): Promise<number> {
  const [counted] = await tx.query<{ active: number }>(
    `select count(*)::int as active from assignments
      where practice_id = $1 and client_id = $2 and status = 'active' and end_on >= $3`,
    [tx.practiceId, clientId, today],
  );
  return counted!.active;
}

/** Whether a session is of this client; sessions are no concern of homework beyond that. */
export async function isSessionOf(tx: Tx, clientId: string, sessionId: string): Promise<boolean> {
  const found = await tx.query('select from sessions where practice_id = $1 and id = $2 and client_id = $3', [
    tx.practiceId,
    sessionId,
    clientId,
  ]);
  return found.length > 0;
}

/** Stops what is open in a file. @returns the ids of what was */
export async function stopOpenAssignments(tx: Tx, clientId: string, at: Date): Promise<string[]> {
  const stopped = await tx.query<{ id: string }>(
    `update assignments set status = 'stopped', ended_at = $3, version = version + 1
      where practice_id = $1 and client_id = $2 and status in ('active', 'paused')
      returning id`,
    [tx.practiceId, clientId, at],
  );
  await tx.query(
    `update assignment_pauses set resumed_at = greatest(paused_at, $3)
      where practice_id = $1 and client_id = $2 and resumed_at is null`,
    [tx.practiceId, clientId, at],
  );
  return stopped.map(({ id }) => id);
}
