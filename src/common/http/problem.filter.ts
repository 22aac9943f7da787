import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { preferredLanguage } from '../language.js';
import { loggedError } from '../logged-error.js';
import { Problem } from '../problem.js';
import * as problems from '../problems.js';
import { Refusals } from './refusals.js';
import { Routes } from './routes.js';

export const LARGEST_BODY_BYTES = 262_144;

/** Renders every error as a problem document (RFC 9457): ours as we meant it, all others without a word of theirs. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger(ProblemFilter.name);

  constructor(
    private readonly routes: Routes,
    private readonly refusals: Refusals,
  ) {}

  async catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const problem = await this.witnessed(this.problemOf(error, request), request);
    if (reply.raw.headersSent) {
      cutOff(reply);
      return;
    }
    const language = preferredLanguage(request.headers['accept-language']);
    await reply
      .status(problem.status)
      .headers({ ...problem.options.headers, 'content-language': language, vary: 'accept-language' })
      .type('application/problem+json')
      .send(problem.document(language, request.id));
  }

  /** A refusal is audited before it is told. */
  private async witnessed(problem: Problem, request: FastifyRequest): Promise<Problem> {
    try {
      await this.refusals.witness(problem, request);
      return problem;
    } catch (error) {
      return this.bug(error, request);
    }
  }

  private problemOf(error: unknown, request: FastifyRequest): Problem {
    if (error instanceof Problem) return error;
    const status = statusOf(error);
    if (status === 404) return this.unknownRoute(request);
    if (status === 400) return problems.malformed();
    if (status === 408) return problems.timedOut();
    if (status === 413) return problems.tooLarge(LARGEST_BODY_BYTES);
    if (status === 415) return problems.unsupportedMediaType();
    return this.bug(error, request);
  }

  private unknownRoute(request: FastifyRequest): Problem {
    const methods = this.routes.methodsAt(request.url.split('?')[0]!);
    return methods.length > 0 && !methods.includes(request.method)
      ? problems.methodNotAllowed(methods)
      : problems.notFound();
  }

  private bug(error: unknown, request: FastifyRequest): Problem {
    this.logger.error({ err: loggedError(error), requestId: request.id });
    return willPass(error) ? problems.unavailable() : problems.unexpected();
  }
}

/** An answer that was begun cannot be taken back: cut off, it is at least not taken for a whole one. */
function cutOff({ raw }: FastifyReply): void {
  if (!raw.writableEnded) raw.destroy();
}

/** The status of an error of the framework or of the server beneath it. */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const { statusCode, code } = (error ?? {}) as { statusCode?: number; code?: string };
  return code?.startsWith('FST_') ? statusCode : undefined;
}

/**
 * The database cannot be reached, is starting or stopping (SQLSTATE classes 08 and 57P), is out of room (53), or
 * gave way to another transaction (40). Nothing was done, and trying again is the remedy.
 */
function willPass(error: unknown): boolean {
  const { driverError, code, message } = (error ?? {}) as {
    driverError?: { code?: string };
    code?: string;
    message?: string;
  };
  const state = driverError?.code ?? code ?? '';
  return (
    /^(08|40|53|57P)/.test(state) ||
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(state) ||
    /connection (terminated|error)|timeout exceeded when trying to connect/i.test(message ?? '')
  );
}
