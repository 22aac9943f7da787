import { Column, Entity, PrimaryColumn, VersionColumn } from 'typeorm';
import { DayColumn, InstantColumn } from '../../database/columns.js';
import type { Moment } from '../exercises/exercise.entity.js';
import { endBeforeStart, wrongAssignmentState } from './assignment.errors.js';
import type { Rhythm } from './rhythm.dto.js';

export const ASSIGNMENT_STATUSES = ['active', 'paused', 'completed', 'stopped'] as const;
export type AssignmentStatus = (typeof ASSIGNMENT_STATUSES)[number];

/** Recovery asks for less: what is given in one go is a handful. */
export const MOST_IN_A_SET = 10;

/** An exercise given to one client as homework, in the version of that day. It always ends. */
@Entity('assignments')
export class Assignment {
  @PrimaryColumn('uuid')
  practiceId: string;

  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid')
  clientId: string;

  /** The file's coach now. */
  @Column('uuid')
  coachId: string;

  @Column('uuid')
  exerciseId: string;

  @Column('integer')
  exerciseVersion: number;

  /** The session in which it was given. */
  @Column('uuid', { nullable: true })
  sessionId: string | null;

  /** Shared by what was given in one go, as a set. */
  @Column('uuid', { nullable: true })
  givenTogether: string | null;

  @Column('uuid')
  assignedBy: string;

  @Column('text')
  status: AssignmentStatus;

  @Column('text')
  moment: Moment;

  @Column({ name: 'rhythm', type: 'text' })
  rhythmKind: Rhythm['kind'];

  @Column('smallint', { nullable: true })
  timesPerDay: number | null;

  /** 1 (Monday) to 7 (Sunday), in order. */
  @Column('smallint', { array: true, nullable: true })
  weekdays: number[] | null;

  @DayColumn()
  startOn: string;

  /** Its last day. */
  @DayColumn()
  endOn: string;

  @InstantColumn()
  createdAt: Date;

  @InstantColumn({ nullable: true })
  endedAt: Date | null;

  @VersionColumn()
  version: number;

  get isOpen(): boolean {
    return this.status === 'active' || this.status === 'paused';
  }

  get isPaused(): boolean {
    return this.status === 'paused';
  }

  get rhythm(): Rhythm {
    const { timesPerDay, weekdays } = this;
    return timesPerDay !== null && weekdays !== null
      ? { kind: 'scheduled', timesPerDay, weekdays }
      : { kind: 'free' };
  }

  set rhythm(rhythm: Rhythm) {
    this.rhythmKind = rhythm.kind;
    this.timesPerDay = rhythm.kind === 'scheduled' ? rhythm.timesPerDay : null;
    this.weekdays = rhythm.kind === 'scheduled' ? [...rhythm.weekdays].sort() : null;
  }

  /** From its first day to its last, that day included. */
  last(startOn: string, endOn: string): void {
    if (endOn < startOn) throw endBeforeStart();
    this.startOn = startOn;
    this.endOn = endOn;
  }

  pause(): void {
    this.move(['active'], 'paused');
  }

  resume(): void {
    this.move(['paused'], 'active');
  }

  complete(at: Date): void {
    this.move(['active', 'paused'], 'completed');
    this.endedAt = at;
  }

  /** Before its time, and that is as good an end as any. */
  stop(at: Date): void {
    this.move(['active', 'paused'], 'stopped');
    this.endedAt = at;
  }

  /** @throws Problem 409 `wrong-state`: what has ended stays as it was */
  expectOpen(): void {
    if (!this.isOpen) throw wrongAssignmentState(this.status, ['active', 'paused']);
  }

  private move(from: readonly AssignmentStatus[], to: AssignmentStatus): void {
    if (!from.includes(this.status)) throw wrongAssignmentState(this.status, from);
    this.status = to;
  }
}
