import type { ClientBase } from 'pg';
import {
  DataSource,
  type DataSourceOptions,
  type EntityTarget,
  type MigrationInterface,
  type ObjectLiteral,
} from 'typeorm';
import { ServingClient } from './serving-client.js';
import { SnakeNaming } from './snake-naming.js';

type Classes<T> = readonly (new () => T)[];

/** Longer than this nobody waits for a connection, new or from the pool: the answer is a 503 instead. */
const CONNECT_WITHIN_MS = 5_000;

interface Connection {
  readonly url: string;
  readonly poolSize?: number;
  readonly entities?: readonly EntityTarget<ObjectLiteral>[];
  readonly migrations?: Classes<MigrationInterface>;
}

/**
 * How this product speaks to Postgres through TypeORM. `synchronize` is off for good: the migrations say
 * what the database is. Queries are pipelined: what does not wait for an answer is not held up by one.
 */
export function dataSourceOptions({
  url,
  poolSize = 10,
  entities = [],
  migrations = [],
}: Connection): DataSourceOptions {
  return {
    type: 'postgres',
    url,
    poolSize,
    entities: [...entities] as never,
    migrations: [...migrations],
    migrationsTableName: 'migrations',
    migrationsTransactionMode: 'each',
    synchronize: false,
    logging: false,
    namingStrategy: new SnakeNaming(),
    installExtensions: false,
    extra: {
      Client: ServingClient,
      pipeline: true,
      application_name: 'ademruimte',
      options: PLANNER,
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
      onConnect: surviveItsEnd,
    },
  };
}

/**
 * Postgres reckons with disks that turn unless told: then it would sort what an index holds in order. It would begin
 * processes to read a page of a long list with, which takes longer than the page, and their cores from everybody else. And
 * it would plan a list anew each time that it is asked, because it takes the size of the page for a surprise: that takes
 * longer than the page too.
 */
export const PLANNER = [
  '-c random_page_cost=1.1',
  '-c max_parallel_workers_per_gather=0',
  '-c plan_cache_mode=force_generic_plan',
].join(' ');

/**
 * Between two owners a pooled connection has nobody who listens, and an end that falls in that moment would end the
 * process too. Whoever uses it next is told by its own query.
 */
function surviveItsEnd(client: ClientBase): void {
  client.on('error', () => undefined);
}

export const dataSource = (connection: Connection): DataSource =>
  new DataSource(dataSourceOptions(connection));
