import { CannotStart } from '../src/config/cannot-start.js';
import { type Generator, postgresCpuMs, type Server, usageOf } from './children.js';
import type { Measured, Round } from './load/round.js';
import { median } from './median.js';
import { numbersOfRound } from './numbers.js';
import type { Operation, World } from './operations/operation.js';
import type { Options } from './options.js';

export interface Sides {
  readonly ours: Server;
  readonly unwitnessed: Server;
  readonly bound: Server;
  readonly generator: Generator;
  /** Where Postgres keeps its data. */
  readonly postgres: string;
}

/** One way in which an operation was done, over all rounds. */
export interface Way {
  readonly name: string;
  readonly perSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly rssBytes?: number;
  /** Of the server's own process, for each request. */
  readonly cpuMicros?: number;
  /** Of Postgres, for each request. */
  readonly postgresMicros?: number;
}

export interface Compared {
  readonly operation: Operation;
  /** First ours, then ours without the audit row of a read, the bound, the bound with settings, its variants, the floor. */
  readonly ways: readonly Way[];
}

interface Place {
  readonly name: string;
  readonly at: Round['at'];
  readonly server?: Server;
}

/** Each operation in turn; within it all ways take turns, so that what else the machine does hits all alike. */
export async function comparison(
  options: Options,
  world: World,
  sides: Sides,
  say: (text: string) => void,
): Promise<Compared[]> {
  const compared: Compared[] = [];
  for (const operation of options.operations) {
    say(`${operation.title}…`);
    const places = placesOf(operation, sides).slice(0, options.onlyOurs ? 1 : undefined);
    const measured = new Map<string, (Measured & Partial<Way>)[]>();
    for (let round = 0; round < options.rounds; round++) {
      for (const place of places) {
        const warmUpSeconds = round === 0 ? options.firstWarmUpSeconds : Math.min(1, options.seconds / 3);
        const one = await measure({ ...options, warmUpSeconds }, operation, place, world, sides);
        measured.set(place.name, [...(measured.get(place.name) ?? []), one]);
      }
    }
    compared.push({ operation, ways: [...measured].map(([name, all]) => wayOf(name, all)) });
  }
  return compared;
}

function placesOf({ method, variants }: Operation, { ours, unwitnessed, bound }: Sides): Place[] {
  return [
    { name: 'ours', at: { port: ours.port }, server: ours },
    ...(method === 'GET'
      ? [{ name: 'unwitnessed', at: { port: unwitnessed.port }, server: unwitnessed }]
      : []),
    { name: 'bound', at: { port: bound.port }, server: bound },
    { name: 'settings', at: { port: bound.port, prefix: '/settings' }, server: bound },
    ...Object.keys(variants ?? {}).map((name) => ({
      name,
      at: { port: bound.port, prefix: `/${name}` },
      server: bound,
    })),
    { name: 'floor', at: 'postgres' },
  ];
}

async function measure(
  { connections, seconds, warmUpSeconds }: Options & { readonly warmUpSeconds: number },
  { name }: Operation,
  { at, server }: Place,
  world: World,
  { generator, postgres }: Sides,
): Promise<Measured & Partial<Way>> {
  const from = numbersOfRound();
  const before = server && usageOf(server);
  const spent = postgresCpuMs(postgres);
  const measured = await generator.run({
    operation: name,
    at,
    connections,
    seconds,
    warmUpSeconds,
    world,
    from,
  });
  const after = server && usageOf(server);
  const spentNow = postgresCpuMs(postgres);
  const postgresMicros =
    spent === undefined || spentNow === undefined
      ? undefined
      : ((spentNow - spent) * 1000) / measured.requests;
  if (Object.keys(measured.refused).length > 0) {
    throw new CannotStart(`${name} was refused: ${JSON.stringify(measured.refused)}.`);
  }
  const told = { ...measured, ...(postgresMicros !== undefined && { postgresMicros }) };
  if (!before || !after) return told;
  return {
    ...told,
    rssBytes: after.rssBytes,
    cpuMicros: ((after.cpuMs - before.cpuMs) * 1000) / measured.requests,
  };
}

const wayOf = (name: string, all: readonly (Measured & Partial<Way>)[]): Way => ({
  name,
  perSecond: median(all.map(({ perSecond }) => perSecond)),
  p50: median(all.map(({ p50 }) => p50)),
  p99: median(all.map(({ p99 }) => p99)),
  ...(all[0]!.postgresMicros !== undefined && {
    postgresMicros: median(all.map(({ postgresMicros }) => postgresMicros!)),
  }),
  ...(all[0]!.rssBytes !== undefined && {
    rssBytes: Math.max(...all.map(({ rssBytes }) => rssBytes!)),
    cpuMicros: median(all.map(({ cpuMicros }) => cpuMicros!)),
  }),
});
