import { connected } from '../../src/database/embedded/prepare-database.js';
import type { TestApp } from './app.js';

/** What really stands in the database, past every policy. */
export function rows<Row = Record<string, unknown>>(
  app: TestApp,
  sql: string,
  parameters: unknown[] = [],
): Promise<Row[]> {
  return connected(
    app.database.superuser,
    async (client) => (await client.query(sql, parameters)).rows as Row[],
  );
}
