import { readEnvironment } from '../../src/config/environment.js';
import { Settings } from '../../src/config/settings.js';
import { operationNamed } from '../operations/index.js';
import type { Asked, Operation, World } from '../operations/operation.js';
import { peopleOf, type Somebody } from '../people.js';
import { ByHand } from '../servers/by-hand.js';
import { idOf, LARGE } from '../data/shape.js';
import { Connection } from './connection.js';
import { requestOf } from './requests.js';
import type { Measured, Round } from './round.js';

const settings = new Settings(readEnvironment(process.env));

/** Does request number `n`. @returns the status */
type Ask = (n: number) => Promise<number>;

/** A process of its own, so that who asks takes nothing from who answers but its share of the machine. */
process.on('message', (round: Round) => {
  measure(round).then(
    (measured) => process.send!(measured),
    (error: unknown) => process.send!({ error: (error as Error).stack ?? String(error) }),
  );
});
process.once('disconnect', () => process.exit());
process.on('SIGINT', () => undefined);

async function measure(round: Round): Promise<Measured> {
  const { connections, warmUpSeconds, seconds } = round;
  const { lanes, close } = round.at === 'postgres' ? await throughPostgres(round) : overHttp(round, round.at);
  const refused: Record<string, number> = {};
  const times: number[] = [];
  const began = performance.now() + warmUpSeconds * 1000;
  const ends = began + seconds * 1000;
  let n = round.from;
  await Promise.all(
    Array.from({ length: connections }, async (_, lane) => {
      const ask = lanes[lane % lanes.length]!;
      for (;;) {
        const at = performance.now();
        if (at >= ends) return;
        const status = await ask(n++);
        const done = performance.now();
        if (status >= 300) refused[status] = (refused[status] ?? 0) + 1;
        else if (at >= began && done < ends) times.push(done - at);
      }
    }),
  );
  await close();
  const sorted = Float64Array.from(times).sort();
  const share = (part: number): number => sorted[Math.floor((sorted.length - 1) * part)] ?? NaN;
  return {
    perSecond: times.length / seconds,
    p50: share(0.5),
    p99: share(0.99),
    requests: n - round.from,
    refused,
  };
}

interface Lanes {
  readonly lanes: readonly Ask[];
  readonly close: () => Promise<void>;
}

function overHttp(round: Round, { port, prefix }: { port: number; prefix?: string }): Lanes {
  const operation = operationNamed(round.operation);
  const people = peopleOf(round.world.shape, settings);
  const connections = Array.from({ length: round.connections }, () => new Connection(port));
  const lanes = connections.map(
    (connection): Ask =>
      async (n) =>
        (await connection.ask(requestOf(operation, people, round.world, n, prefix))).status,
  );
  const close = (): Promise<void> => {
    for (const connection of connections) connection.close();
    return Promise.resolve();
  };
  return { lanes, close };
}

/** The floor: the same statements, without HTTP, tokens or the rows of reads. */
async function throughPostgres({ operation: name, world }: Round): Promise<Lanes> {
  const operation = operationNamed(name);
  const people = peopleOf(world.shape, settings)[operation.as];
  const bench = new ByHand(settings, settings.databaseUrl, { settings: false, witness: false });
  await bench.open();
  const ask: Ask = async (n) => {
    const answer = await operation.bound(bench, askedOf(operation, people[n % people.length]!, world, n));
    return answer.status ?? 200;
  };
  return { lanes: [ask], close: () => bench.close() };
}

/** What a server would make of the request. */
function askedOf(operation: Operation, who: Somebody, world: World, n: number): Asked {
  const { path, headers, body } = operation.request(who, world, n);
  const url = new URL(path, 'http://127.0.0.1');
  const parts = operation.route.split('/').map((part, i) => [part, url.pathname.split('/')[i]] as const);
  const { userId, loginId, clientId } = who;
  const whose = { practiceId: idOf('practice', LARGE, 0), userId, loginId, roles: [operation.as] };
  return {
    person: { ...whose, ...(clientId && { clientId }), origin: { requestId: loginId } },
    params: Object.fromEntries(
      parts.filter(([part]) => part.startsWith(':')).map(([part, value]) => [part.slice(1), value!]),
    ),
    query: Object.fromEntries(url.searchParams),
    body: body as never,
    headers: headers ?? {},
    url: url.pathname,
  };
}
