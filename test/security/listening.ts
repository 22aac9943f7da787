import type { InjectOptions, Response } from 'light-my-request';
import type { TestApp } from '../support/app.js';

/**
 * Notes what goes by from here on: bodies and headers that are sent, answers and cookies that are told.
 * @returns every text among them that could be about somebody; it grows while the test goes on
 */
export function listenTo(app: TestApp): Set<string> {
  const used = new Set<string>();
  const note = (value: unknown): void => {
    if (typeof value === 'string' && isTelling(value)) used.add(value);
    if (typeof value === 'object' && value !== null) Object.values(value).forEach(note);
  };
  const inject = app.fastify.inject.bind(app.fastify) as (request: InjectOptions) => Promise<Response>;
  const listening = async (given: InjectOptions | string): Promise<Response> => {
    const request = typeof given === 'string' ? { url: given } : given;
    const answer = await inject(request);
    const { authorization, cookie } = (request.headers ?? {}) as Record<string, string | undefined>;
    note(request.payload);
    note(authorization?.replace('Bearer ', ''));
    note(cookie);
    for (const part of pathOf(request).split(/[/?&=]/)) note(decoded(part));
    if (String(answer.headers['content-type']).includes('json') && answer.body) note(answer.json());
    for (const { name, value } of answer.cookies) [value, `${name}=${value}`].forEach(note);
    return answer;
  };
  Object.assign(app.fastify, { inject: listening });
  return used;
}

const pathOf = ({ url }: InjectOptions): string => (typeof url === 'string' ? url : '');

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Ids, times, routes, codes and the words of problems are not about anybody; the log may hold them. */
function isTelling(text: string): boolean {
  if (/^(urn:|[0-9a-f]{8}-[0-9a-f-]{27}$|\d{4}-\d{2}-\d{2}(T|$))/.test(text)) return false;
  return /[\s@]/.test(text) || text.length > 20 || /tilzwijgen/.test(text);
}
