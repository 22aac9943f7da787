import { parseArgs } from 'node:util';
import { CannotStart } from '../src/config/cannot-start.js';
import { TENTH, WHOLE, type Shape } from './data/shape.js';
import { OPERATIONS } from './operations/index.js';
import type { Operation } from './operations/operation.js';

export interface Options {
  readonly shape: Shape;
  readonly operations: readonly Operation[];
  readonly withStream: boolean;
  readonly withExports: boolean;
  readonly withLongFile: boolean;
  readonly withGrowth: boolean;
  readonly profile: Operation | undefined;
  readonly rounds: number;
  readonly seconds: number;
  /** Before the first round of each way; before the others a third of a round does. */
  readonly firstWarmUpSeconds: number;
  readonly connections: number;
  readonly poolSize: number;
  /** Only this server, without what it is held against. */
  readonly onlyOurs?: boolean;
  /** Whether docs/performance.md is to hold what comes of this run. */
  readonly writes: boolean;
}

export const STREAM = 'stream';
export const EXPORTS = 'exports';
export const LONG_FILE = 'long-file';

/** By then V8 has compiled what a way runs through: one that it still interprets costs several times as much. */
const COMPILED_AFTER_SECONDS = 6;

/** @throws CannotStart for what it does not know */
export function readOptions(args: readonly string[]): Options {
  const { values } = parse(args);
  const named = (name: string): Operation => {
    const found = OPERATIONS.find((operation) => operation.name === name);
    if (found) return found;
    const names = [...OPERATIONS.map((operation) => operation.name), STREAM, EXPORTS, LONG_FILE].join(', ');
    throw new CannotStart(`There is no operation ${name}. There are: ${names}.`);
  };
  const only = values.only?.split(',');
  const profile = values.profile === undefined ? undefined : named(values.profile);
  const isQuick = values.quick;
  return {
    shape: isQuick ? TENTH : WHOLE,
    operations: profile
      ? [profile]
      : only
        ? only.filter((name) => ![STREAM, EXPORTS, LONG_FILE].includes(name)).map(named)
        : OPERATIONS,
    withStream: !profile && (only?.includes(STREAM) ?? true),
    withExports: !profile && (only?.includes(EXPORTS) ?? true),
    withLongFile: !profile && (only?.includes(LONG_FILE) ?? true),
    withGrowth: values.growth || (!isQuick && !only && !profile),
    profile,
    rounds: count('rounds', values.rounds, isQuick ? 3 : 5),
    seconds: count('seconds', values.seconds, isQuick ? 0.8 : 3),
    firstWarmUpSeconds: isQuick ? 1 : COMPILED_AFTER_SECONDS,
    connections: count('connections', values.connections, 32),
    poolSize: count('pool', values.pool, 10),
    writes: values.write || (!isQuick && !only && !profile),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        quick: { type: 'boolean', default: false },
        write: { type: 'boolean', default: false },
        growth: { type: 'boolean', default: false },
        only: { type: 'string' },
        profile: { type: 'string' },
        rounds: { type: 'string' },
        seconds: { type: 'string' },
        connections: { type: 'string' },
        pool: { type: 'string' },
      },
    });
  } catch (error) {
    throw new CannotStart((error as Error).message);
  }
}

function count(name: string, given: string | undefined, otherwise: number): number {
  const value = given === undefined ? otherwise : Number(given);
  if (value > 0) return value;
  throw new CannotStart(`--${name} takes a number above zero.`);
}
