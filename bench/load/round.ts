import type { World } from '../operations/operation.js';

/** What the load generator is told to do: ask one server for one operation, for so long. */
export interface Round {
  readonly operation: string;
  /** A port of a server, or Postgres itself. */
  readonly at: { readonly port: number; readonly prefix?: string } | 'postgres';
  readonly connections: number;
  readonly warmUpSeconds: number;
  readonly seconds: number;
  readonly world: World;
  /** Number of the first request. */
  readonly from: number;
}

/** What came of it. */
export interface Measured {
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly requests: number;
  /** Answers by status, where they were not what was asked for. */
  readonly refused: Readonly<Record<string, number>>;
}

export interface Refused {
  readonly error: string;
}
