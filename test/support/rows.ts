import type { TestApp } from './app.js';

/** What really stands in the database, past every policy. */
export async function rows<Row = Record<string, unknown>>(
  app: Pick<TestApp, 'superuser'>,
  sql: string,
  parameters: unknown[] = [],
): Promise<Row[]> {
  return (await app.superuser.query(sql, parameters)).rows as Row[];
}
