import type { FastifyReply, FastifyRequest } from 'fastify';
import { preferredLanguage } from '../language.js';
import { notFound } from '../problems.js';

/** An address that cannot be decoded, or that is too long, names nothing: told before any route or hook is reached. */
export function answerUnreadableAddress(headers: Readonly<Record<string, string>>) {
  return (_: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    const language = preferredLanguage(request.headers['accept-language']);
    void reply
      .status(404)
      .headers({
        ...headers,
        'x-request-id': request.id,
        'content-language': language,
        vary: 'accept-language',
      })
      .type('application/problem+json')
      .send(notFound().document(language, request.id));
  };
}
