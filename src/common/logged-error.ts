interface DatabaseError {
  readonly code?: string;
  readonly constraint?: string;
  readonly routine?: string;
}

/**
 * What a log may say of an error. The words of a database error, and the parameters it carries, may quote
 * what somebody wrote, so of those only the SQLSTATE and the place are told.
 */
export function loggedError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { name, message, stack } = error;
  const database = databaseErrorIn(error);
  if (!database) return { name, message, stack };
  const { code, constraint, routine } = database;
  return { name, code, constraint, routine, stack: framesOf(stack) };
}

/** An error of `pg`, bare or as TypeORM wraps it; its code is a SQLSTATE. */
function databaseErrorIn(error: Error): DatabaseError | undefined {
  const bare = ((error as { driverError?: unknown }).driverError ?? error) as DatabaseError;
  return /^[0-9A-Z]{5}$/.test(bare.code ?? '') ? bare : undefined;
}

/** A stack without the message that it begins with. */
function framesOf(stack = ''): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}
