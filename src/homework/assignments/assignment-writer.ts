import { Injectable } from '@nestjs/common';
import { Audit } from '../../audit/audit.js';
import type { Client } from '../../clients/client.entity.js';
import { ClientFiles } from '../../clients/client-files.js';
import type { Person } from '../../common/actor.js';
import { Clock } from '../../common/clock.js';
import { addDays, dayIn } from '../../common/day.js';
import { newId } from '../../common/id.js';
import type { Tx } from '../../database/tx.js';
import { PracticesService } from '../../practices/practices.service.js';
import { publishedVersions } from '../exercises/exercise.queries.js';
import type { AssignExercise } from './assignment.dto.js';
import { Assignment } from './assignment.entity.js';
import { notInTheCatalogue, tooManyAssignments, unknownSession } from './assignment.errors.js';
import { countActive, isSessionOf, stopOpenAssignments } from './assignment.queries.js';
import { AssignmentMessages } from './assignment-messages.js';
import { AssignmentPause } from './assignment-pause.entity.js';

/** The steps that an assignment can take; a client takes each but the completion, and gives no reason. */
export type Step = 'pause' | 'resume' | 'complete' | 'stop';
const TAKEN = { pause: 'paused', resume: 'resumed', complete: 'completed', stop: 'stopped' } as const;

/** Gives exercises to a client, and lets them rest and end. */
@Injectable()
export class AssignmentWriter {
  constructor(
    private readonly files: ClientFiles,
    private readonly messages: AssignmentMessages,
    private readonly practices: PracticesService,
    private readonly audit: Audit,
    private readonly clock: Clock,
  ) {}

  /**
   * Gives an exercise to a client of this coach, in the version that is published now.
   * @throws Problem 409 `file-closed`, `consent-required`, `too-many-assignments`; 422 for what is not there
   */
  async assign(tx: Tx, person: Person, client: Client, input: AssignExercise): Promise<Assignment> {
    const [assignment] = await this.give(tx, person, client, [input], {
      overrideLimit: input.overrideLimit,
      givenTogether: null,
    });
    return assignment!;
  }

  /**
   * Gives several exercises in one go, all or none of them; the limit is held against all of them together.
   * @returns the id under which they were given
   * @throws Problem as `assign`
   */
  async assignTogether(
    tx: Tx,
    person: Person,
    client: Client,
    inputs: readonly AssignExercise[],
    overrideLimit?: boolean,
  ): Promise<string> {
    const givenTogether = newId(this.clock.now());
    await this.give(tx, person, client, inputs, { overrideLimit, givenTogether });
    return givenTogether;
  }

  /** Hold the assignment `for update`. */
  async take(tx: Tx, assignment: Assignment, step: Step): Promise<void> {
    const now = this.clock.now();
    assignment[step](now);
    await tx.manager.save(assignment);
    if (step === 'pause') await this.beginPause(tx, assignment, now);
    else await this.endPause(tx, assignment, now);
    this.audit.record(tx, { event: `assignment.${TAKEN[step]}`, ...about(assignment) });
  }

  /** Stops what is open, as when a file is closed: nothing is asked of somebody whose coaching has ended. */
  async stopAllOpen(tx: Tx, { id: clientId }: Client): Promise<void> {
    for (const id of await stopOpenAssignments(tx, clientId, this.clock.now())) {
      this.audit.record(tx, { event: 'assignment.stopped', ...about({ id, clientId }) });
    }
  }

  private async give(
    tx: Tx,
    person: Person,
    { id: clientId }: Client,
    inputs: readonly AssignExercise[],
    { overrideLimit, givenTogether }: { overrideLimit?: boolean; givenTogether: string | null },
  ): Promise<Assignment[]> {
    // Held until the end: of two that come at once, the second counts the first.
    const client = await this.files.ofCoach(tx, person, clientId, 'for update');
    client.expectWritable();
    const versions = await publishedVersions(
      tx,
      inputs.map(({ exerciseId }) => exerciseId),
    );
    if (inputs.some(({ exerciseId }) => !versions.has(exerciseId))) throw notInTheCatalogue();
    for (const sessionId of new Set(inputs.flatMap((input) => input.sessionId ?? []))) {
      if (!(await isSessionOf(tx, clientId, sessionId))) throw unknownSession();
    }
    const { timeZone, assignmentLimit, assignmentWeeks } = await this.practices.own(tx);
    if (!overrideLimit) await this.expectRoom(tx, clientId, inputs.length, timeZone, assignmentLimit);
    const common = { client, person, givenTogether, weeks: assignmentWeeks, now: this.clock.now() };
    const assignments = inputs.map((input, place) =>
      assignmentOf(tx, input, { ...common, exerciseVersion: versions.get(input.exerciseId)!, place }),
    );
    await tx.manager.insert(Assignment, assignments);
    for (const [i, assignment] of assignments.entries()) {
      await this.messages.write(tx, assignment, inputs[i]!.message, assignment.version);
      this.audit.record(tx, { event: 'assignment.assigned', ...about(assignment) });
    }
    return assignments;
  }

  private async expectRoom(
    tx: Tx,
    clientId: string,
    asked: number,
    timeZone: string,
    limit: number,
  ): Promise<void> {
    const active = await countActive(tx, clientId, dayIn(timeZone, this.clock.now()));
    if (active + asked > limit) throw tooManyAssignments(limit, active, asked);
  }

  private async beginPause(tx: Tx, assignment: Assignment, at: Date): Promise<void> {
    const { practiceId, id: assignmentId, clientId, coachId } = assignment;
    await tx.manager.insert(AssignmentPause, {
      practiceId,
      id: newId(at),
      assignmentId,
      clientId,
      coachId,
      pausedAt: at,
      resumedAt: null,
    });
  }

  private async endPause(tx: Tx, { practiceId, id }: Assignment, at: Date): Promise<void> {
    await tx.query(
      `update assignment_pauses set resumed_at = greatest(paused_at, $3)
        where practice_id = $1 and assignment_id = $2 and resumed_at is null`,
      [practiceId, id, at],
    );
  }
}

interface Given {
  readonly client: Client;
  readonly person: Person;
  readonly exerciseVersion: number;
  readonly givenTogether: string | null;
  /** Among what is given with it, from 0. */
  readonly place: number;
  /** How long it lasts unless the coach says otherwise. */
  readonly weeks: number;
  readonly now: Date;
}

/** @throws Problem 422 where it would end before it begins */
function assignmentOf(
  tx: Tx,
  { exerciseId, sessionId, moment, rhythm, startOn, endOn }: AssignExercise,
  { client, person, exerciseVersion, givenTogether, place, weeks, now }: Given,
): Assignment {
  const assignment = tx.manager.create(Assignment, {
    practiceId: tx.practiceId,
    // A millisecond apart, so that a set is read in the order it is written in.
    id: newId(new Date(now.getTime() + place)),
    clientId: client.id,
    coachId: client.coachId,
    exerciseId,
    exerciseVersion,
    sessionId: sessionId ?? null,
    givenTogether,
    assignedBy: person.userId,
    status: 'active',
    moment,
    createdAt: now,
    endedAt: null,
  });
  assignment.rhythm = rhythm;
  assignment.last(startOn, endOn ?? addDays(startOn, 7 * weeks));
  return assignment;
}

const about = ({ id, clientId }: { id: string; clientId: string }) => ({
  clientId,
  objectType: 'assignment',
  objectId: id,
});
