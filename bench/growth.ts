import type { Generator, Server } from './children.js';
import type { World } from './operations/operation.js';
import type { Operation } from './operations/operation.js';
import { median } from './median.js';
import { numbersOfRound } from './numbers.js';

/** How much slower an operation is on all rows than on a tenth of them. */
export interface Grown {
  readonly operation: string;
  readonly tenthP50: number;
  readonly wholeP50: number;
}

export interface Side {
  readonly server: Server;
  readonly world: World;
}

/** So few at once that nobody waits for another, and a time is that of the request itself. */
const CONNECTIONS = 4;
const ROUNDS = 5;

export async function growthOf(
  operations: readonly Operation[],
  seconds: number,
  sides: { tenth: Side; whole: Side },
  generator: Generator,
): Promise<Grown[]> {
  const grown: Grown[] = [];
  for (const { name: operation } of operations) {
    const times = { tenth: [] as number[], whole: [] as number[] };
    for (let round = 0; round < ROUNDS; round++) {
      for (const size of ['tenth', 'whole'] as const) {
        const { server, world } = sides[size];
        const { p50 } = await generator.run({
          operation,
          at: { port: server.port },
          connections: CONNECTIONS,
          seconds,
          warmUpSeconds: seconds / 3,
          world,
          from: numbersOfRound(),
        });
        times[size].push(p50);
      }
    }
    grown.push({ operation, tenthP50: median(times.tenth), wholeP50: median(times.whole) });
  }
  return grown;
}
