import { cpus, totalmem, type as system } from 'node:os';
import type { Compared, Way } from './comparison.js';
import type { Shape } from './data/shape.js';
import type { Grown } from './growth.js';
import type { MadeFile } from './export-files.js';
import type { LongFile } from './long-file.js';
import type { Streamed } from './stream.js';
import type { Counts } from './wire.js';

/** All that a run found, as it is kept in JSON. */
export interface Results {
  readonly at: string;
  readonly machine: string;
  /** How many processes wanted a processor when it began; an idle machine has none. */
  readonly load: number;
  readonly shape: Shape;
  readonly connections: number;
  readonly poolSize: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly operations: readonly OperationResult[];
  readonly stream?: Streamed;
  readonly files?: readonly MadeFile[];
  readonly long?: readonly LongFile[];
  readonly growth?: readonly Grown[];
  readonly goals: readonly Goal[];
}

export interface OperationResult {
  readonly name: string;
  readonly title: string;
  readonly ways: readonly Way[];
  readonly ours?: Counts;
  readonly bound?: Counts;
}

export interface Goal {
  readonly goal: string;
  readonly value: number;
  readonly isMet: boolean;
}

/** The list that a page far down is held against. */
const FIRST_PAGE = 'sessions-list';
const DEEP_PAGE = 'sessions-deep';

export const wayNamed = (ways: readonly Way[], name: string): Way | undefined =>
  ways.find((way) => way.name === name);

export function machine(): string {
  const all = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  return `${all.length} × ${all[0]!.model.trim()}, ${memory} GB, ${system()}, Node ${process.version}`;
}

/** What is asked of exports; memory in MB. */
export function goalsOfExports(stream?: Streamed, files: readonly MadeFile[] = []): Goal[] {
  const goals: Goal[] = [];
  const atMost = (goal: string, value: number | undefined, most: number): void => {
    if (value !== undefined) goals.push({ goal: `${goal} <= ${most}`, value, isMet: value <= most });
  };
  const mb = (bytes: number | undefined): number | undefined => bytes && bytes / 1e6;
  if (stream) {
    const { ours, 'psql \\copy': psql } = stream.seconds;
    atMost('stream: of psql \\copy', psql && ours! / psql, 1.2);
    atMost('stream: ms to the first byte', stream.firstByteMs, 50);
    atMost('stream: MB of growth', mb(stream.growthBytes), 32);
    atMost("stream: others' p99 in ms", stream.othersP99, 25);
  }
  for (const { format, rows, peakBytes } of files) {
    if (format === 'xlsx' && rows <= 100_000) atMost('xlsx: MB of the worker', mb(peakBytes), 200);
  }
  return goals;
}

/** What is asked of the path, and what came of it. */
export function goalsOf(compared: readonly Compared[], growth: readonly Grown[] | undefined): Goal[] {
  const goals: Goal[] = [];
  const atLeast = (goal: string, value: number, least: number): void =>
    void goals.push({ goal: `${goal} >= ${least}`, value, isMet: value >= least });
  const atMost = (goal: string, value: number, most: number): void =>
    void goals.push({ goal: `${goal} <= ${most}`, value, isMet: value <= most });
  for (const { operation, ways } of compared) {
    const { name, wanted } = operation;
    const ours = wayNamed(ways, 'ours')!;
    const of = (other: string): number => ours.perSecond / wayNamed(ways, other)!.perSecond;
    if (wanted?.ofBound !== undefined) {
      atLeast(`${name}: of the bound`, of('bound'), wanted.ofBound);
    }
    for (const [variant, least] of Object.entries(wanted?.ofVariant ?? {})) {
      atLeast(`${name}: of the bound with ${variant}`, of(variant), least);
    }
    atMost(`${name}: p99 of the bound's`, ours.p99 / wayNamed(ways, 'bound')!.p99, 1.25);
  }
  const p50 = (name: string): number | undefined => {
    const found = compared.find(({ operation }) => operation.name === name);
    return found && wayNamed(found.ways, 'ours')!.p50;
  };
  const [first, deep] = [p50(FIRST_PAGE), p50(DEEP_PAGE)];
  if (first && deep) atMost('the page at nine tenths: p50 of the first', deep / first, 1.2);
  for (const { operation, tenthP50, wholeP50 } of growth ?? []) {
    atMost(`${operation}: p50 of a tenth of the rows`, wholeP50 / tenthP50, 1.3);
  }
  return goals;
}
