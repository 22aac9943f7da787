import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Problem } from '../problem.js';
import { headersTooLarge, malformed, timedOut } from '../problems.js';

/**
 * Answers what never became a request: too slow, too long, or no HTTP at all. Nobody has said yet in what language.
 */
export function answerClientError(headers: Readonly<Record<string, string>>) {
  return ({ code }: { code: string }, socket: Socket): void => {
    if (socket.destroyed || !socket.writable || code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    socket.end(message(problemOf(code), headers));
  };
}

function problemOf(code: string): Problem {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return timedOut();
  return code === 'HPE_HEADER_OVERFLOW' ? headersTooLarge() : malformed();
}

function message(problem: Problem, headers: Readonly<Record<string, string>>): string {
  const body = JSON.stringify(problem.document('nl', randomUUID()));
  const fields = {
    ...headers,
    'content-type': 'application/problem+json; charset=utf-8',
    'content-language': 'nl',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}`);
  return [`HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`, ...lines, '', body].join('\r\n');
}
