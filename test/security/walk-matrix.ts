import type { Response } from 'light-my-request';
import type { Caller } from '../support/caller.js';
import type { Outcome, Outcomes, Row, Sent } from './access-matrix.js';
import { type CallerName, CALLERS, type World } from './world.js';

/** What came of one row: told to whom, and what went wrong beside it. */
export interface Walked {
  readonly outcomes: Outcomes;
  readonly unaudited: string[];
  readonly leaked: string[];
}

/** Really makes the request of a row as each caller, one after another. */
export async function walk(world: World, row: Row): Promise<Walked> {
  const outcomes: Partial<Record<CallerName, Outcome>> = {};
  const unaudited: string[] = [];
  const leaked: string[] = [];
  for (const name of CALLERS) {
    const sent = await row.send(world, name);
    const answer = await walkAs(sent.as ?? world.caller(name), row.route, sent);
    outcomes[name] = outcomeOf(answer);
    if (!(await leftItsTrace(world, row, name, answer))) unaudited.push(name);
    const shown = row.shown?.(answer.body) ?? answer.body;
    if (world.hiddenFrom(name).some((hidden) => shown.includes(hidden))) leaked.push(name);
  }
  return { outcomes: outcomes as Outcomes, unaudited, leaked };
}

export function walkAs(
  caller: Caller,
  route: string,
  { path = {}, query, body, headers }: Sent,
): Promise<Response> {
  const [method, pattern] = route.split(' ') as [string, string];
  const address = pattern.replace(/:(\w+)/g, (_, name: string) => path[name]!);
  const needsBody = method !== 'GET' && method !== 'DELETE';
  return caller.call(
    method,
    query ? `${address}?${query}` : address,
    needsBody ? (body ?? {}) : body,
    headers,
  );
}

function outcomeOf({ statusCode }: Response): Outcome {
  return statusCode < 300 ? 'ok' : (statusCode as Outcome);
}

/** A success and a refusal of somebody who is signed in each leave an event that names the request. */
async function leftItsTrace(world: World, row: Row, name: CallerName, answer: Response): Promise<boolean> {
  const isDone = answer.statusCode < 300;
  if (isDone ? row.unaudited !== undefined : name === 'stranger') return true;
  const events = await world.sql<{ event: string; outcome: string }>(
    'select event, outcome from audit_events where request_id = $1',
    [answer.headers['x-request-id']],
  );
  return isDone
    ? // What is answered item by item may have been refused, item by item.
      events.some(({ outcome }) => outcome === 'done' || (row.byItem && outcome === 'refused'))
    : events.some(({ event, outcome }) => event === 'request.refused' && outcome === 'refused');
}
