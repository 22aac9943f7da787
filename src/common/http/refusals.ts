import type { FastifyRequest } from 'fastify';
import type { Problem } from '../problem.js';

/** Told of every refusal before it is answered; the audit log implements it. */
export abstract class Refusals {
  abstract witness(problem: Problem, request: FastifyRequest): Promise<void>;
}
