import type { LoggerService } from '@nestjs/common';
import { type Logger, pino } from 'pino';

/**
 * Structured lines on standard output. What a person wrote, who they are and what they hold never gets
 * here: requests are logged by route pattern and status only.
 */
export const makeLogger = (level: string): Logger =>
  pino({ level, base: undefined }, pino.destination({ sync: false, minLength: 4096, periodicFlush: 250 }));

/** Nest's own lines through the same logger. */
export class NestLogger implements LoggerService {
  constructor(private readonly pino: Logger) {}

  log(message: unknown, context?: string): void {
    this.pino.info(fields(message, context));
  }

  error(message: unknown, ...rest: string[]): void {
    this.pino.error(fields(message, rest.at(-1)));
  }

  warn(message: unknown, context?: string): void {
    this.pino.warn(fields(message, context));
  }

  debug(message: unknown, context?: string): void {
    this.pino.debug(fields(message, context));
  }
}

function fields(message: unknown, context?: string): object {
  if (message instanceof Error) return { context, err: described(message) };
  if (typeof message === 'object') return { context, ...message };
  return { context, msg: typeof message === 'string' ? message : JSON.stringify(message) };
}

/** What an error says, and not what it carries: a database error holds the values that were refused. */
function described({ name, message, stack }: Error): object {
  return { name, message, stack };
}
