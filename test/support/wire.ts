import pg from 'pg';
import { Batch } from '../../src/database/batch.js';

/** A statement as it went to Postgres. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

type Send = (this: pg.Client, ...query: unknown[]) => unknown;

/** What the application asks of Postgres while it is listened to, on whichever connection. */
export class Wire {
  readonly statements: Statement[] = [];
  /** How often somebody waited for Postgres: what is asked together, before an answer to the first, is one trip. */
  trips = 0;
  private readonly unanswered = new WeakMap<pg.Client, number>();

  /** Listens until `jest.restoreAllMocks`. */
  static listen(): Wire {
    const wire = new Wire();
    const { query: send } = pg.Client.prototype as unknown as { query: Send };
    jest.spyOn(pg.Client.prototype, 'query').mockImplementation(function (
      this: pg.Client,
      ...query: unknown[]
    ) {
      const answer = send.apply(this, query);
      wire.hear(this, statementsOf(query), answer);
      return answer as never;
    });
    return wire;
  }

  forget(): void {
    this.statements.length = 0;
    this.trips = 0;
  }

  private hear(client: pg.Client, statements: readonly Statement[], answer: unknown): void {
    const before = this.unanswered.get(client) ?? 0;
    if (before === 0) this.trips += 1;
    this.statements.push(...statements);
    const due = answer instanceof Batch ? answer.answer : answer;
    // A stream of rows is answered as it is read, and nothing is asked beside it.
    if (!(due instanceof Promise)) return;
    this.unanswered.set(client, before + 1);
    const answered = (): void => void this.unanswered.set(client, this.unanswered.get(client)! - 1);
    void due.then(answered, answered);
  }
}

function statementsOf([query, values]: unknown[]): Statement[] {
  if (query instanceof Batch) return query.statements.map(({ text, values }) => ({ sql: text, values }));
  const named = query as { text: string; values?: unknown[] };
  return typeof query === 'string'
    ? [{ sql: query, values: (values as unknown[] | undefined) ?? [] }]
    : [{ sql: named.text, values: named.values ?? [] }];
}
