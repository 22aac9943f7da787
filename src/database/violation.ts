import type { Problem } from '../common/problem.js';

interface DatabaseError {
  readonly code?: string;
  readonly constraint?: string;
}

/** The five-character SQLSTATE of an error from Postgres, also when TypeORM wrapped it. */
export function sqlStateOf(error: unknown): string | undefined {
  return original(error).code;
}

/** Whether the database refused what a row says (class 23, integrity constraint violation), and not the work as such. */
export const isRefusedRow = (error: unknown): boolean => sqlStateOf(error)?.startsWith('23') ?? false;

/**
 * For `.catch(...)`: when the database refused a row by a named constraint, throws the problem which that
 * constraint stands for; any other error passes unchanged.
 */
export function whenViolated(problems: Readonly<Record<string, () => Problem>>) {
  return (error: unknown): never => {
    const { constraint } = original(error);
    const problem = constraint === undefined ? undefined : problems[constraint];
    throw problem ? problem() : error;
  };
}

function original(error: unknown): DatabaseError {
  return ((error as { driverError?: DatabaseError }).driverError ?? error) as DatabaseError;
}
