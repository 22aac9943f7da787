import type { Settings } from '../src/config/settings.js';
import type { Children } from './children.js';
import { Connection } from './load/connection.js';
import { requestOf } from './load/requests.js';
import type { Operation, World } from './operations/operation.js';
import { peopleOf } from './people.js';
import { type Counts, Wire } from './wire.js';

const REQUESTS = 40;

type Start = 'ours' | 'bound';

/** What each operation asks of Postgres, for one request at a time. */
export async function countedOf(
  start: Start,
  variables: (port: number) => Record<string, string>,
  operations: readonly Operation[],
  about: { children: Children; world: World; settings: Settings; postgresPort: number; from: number },
): Promise<Map<string, Counts>> {
  const { children, world, settings, postgresPort } = about;
  const wire = await Wire.before(postgresPort);
  const server = await children[start](variables(wire.port));
  const people = peopleOf(world.shape, settings);
  const connection = new Connection(server.port);
  const counted = new Map<string, Counts>();
  let n = about.from;
  try {
    for (const operation of operations) {
      const ask = async (): Promise<void> => {
        for (let i = 0; i < REQUESTS; i++) await connection.ask(requestOf(operation, people, world, n++));
      };
      // What is done once, such as preparing a statement, is over after these.
      await ask();
      const before = wire.counts;
      await ask();
      const after = wire.counts;
      counted.set(operation.name, {
        queries: (after.queries - before.queries) / REQUESTS,
        roundTrips: (after.roundTrips - before.roundTrips) / REQUESTS,
      });
    }
    return counted;
  } finally {
    connection.close();
    await children.end(server);
    await wire.close();
  }
}
