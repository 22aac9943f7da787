import { type Connection, Query, type QueryConfig, type QueryResult } from 'pg';
import { prepareValue } from 'pg/lib/utils';

/** What `pg` has beside what its types tell. */
type PgQuery = Query & {
  handleCommandComplete(message: unknown, connection: Connection): void;
  handleError(error: Error, connection: Connection): void;
};
type PgConnection = Omit<Connection, 'parse' | 'bind' | 'describe' | 'execute'> & {
  readonly parsedStatements: Readonly<Record<string, string>>;
  readonly submittedNamedStatements: Record<string, string>;
  parse(message: { name: string; text: string }): void;
  bind(message: { statement: string; values: readonly unknown[] }): void;
  describe(message: { type: 'P' }): void;
  execute(message: object): void;
};
type Told = (error: Error | undefined, result: QueryResult | QueryResult[]) => void;
const PgQuery = Query as unknown as new (config: QueryConfig, values: undefined, told: Told) => PgQuery;

/** A statement and its parameters, and its name where it is prepared. */
export interface BatchStatement {
  readonly name?: string | undefined;
  readonly text: string;
  readonly values: readonly unknown[];
}

/**
 * Statements that travel as one message and are one transaction, which nobody has to begin or to end: Postgres takes what
 * comes before a `Sync` for one (PostgreSQL, Frontend/Backend Protocol, Pipelining). Behind the first that fails none is
 * done, and of none anything is told. To `pg` it is one query that has several results.
 */
export class Batch extends PgQuery {
  /** A result for each statement, in order. */
  readonly answer: Promise<QueryResult[]>;
  /** How many statements have been done. */
  done = 0;

  constructor(readonly statements: readonly BatchStatement[]) {
    let told!: Told;
    super({ text: '' }, undefined, (error, result) => {
      told(error, result);
    });
    this.answer = new Promise((resolve, reject) => {
      told = (error, result) => {
        // Of one result `pg` makes no list.
        const results = [result].flat();
        if (error) reject(error);
        else if (results.length === statements.length) resolve(results);
        else reject(new Error(`${results.length} results of ${statements.length} statements`));
      };
    });
    // Assigned and no method: to the types it is a property.
    this.submit = (connection) => this.send(connection as unknown as PgConnection);
    this.standAt(0);
  }

  override handleCommandComplete(message: unknown, connection: Connection): void {
    super.handleCommandComplete(message, connection);
    this.standAt(this.done + 1);
  }

  override handleError(error: Error, connection: Connection): void {
    const { submittedNamedStatements } = connection as unknown as PgConnection;
    // What was skipped was not prepared either, and would be taken for it the next time.
    for (const { name } of this.statements.slice(this.done)) {
      if (name !== undefined) Reflect.deleteProperty(submittedNamedStatements, name);
    }
    super.handleError(error, connection);
  }

  /** @returns what could not be written down; then nothing was sent, and `pg` tells who asked */
  private send(connection: PgConnection): Error | null {
    const parameters = parametersOf(this.statements);
    if (parameters instanceof Error) return parameters;
    const { stream, parsedStatements, submittedNamedStatements } = connection;
    stream.cork();
    for (const [i, { name = '', text }] of this.statements.entries()) {
      if (name === '' || (parsedStatements[name] ?? submittedNamedStatements[name]) === undefined) {
        connection.parse({ name, text });
        if (name !== '') submittedNamedStatements[name] = text;
      }
      connection.bind({ statement: name, values: parameters[i]! });
      connection.describe({ type: 'P' });
      connection.execute({});
    }
    connection.sync();
    stream.uncork();
    return null;
  }

  /** Under the name of the statement whose turn it is: by that name `pg` remembers what has been prepared. */
  private standAt(at: number): void {
    this.done = at;
    const { name, text } = this.statements[at] ?? {};
    Object.assign(this, { name, text });
  }
}

function parametersOf(statements: readonly BatchStatement[]): (readonly unknown[])[] | Error {
  try {
    return statements.map(({ values }) => values.map((value) => prepareValue(value)));
  } catch (error) {
    return error as Error;
  }
}
