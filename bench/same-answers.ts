import { isDeepStrictEqual } from 'node:util';
import { CannotStart } from '../src/config/cannot-start.js';
import type { Settings } from '../src/config/settings.js';
import { Connection } from './load/connection.js';
import { requestOf } from './load/requests.js';
import type { Operation, World } from './operations/operation.js';
import { peopleOf } from './people.js';

const ASKED = 5;

/**
 * A bound that answers less than we do would be no bound: what is read must be told in the same words by both, and what
 * is made with the same fields.
 * @param from number of the first request
 * @throws CannotStart where they differ
 */
export async function expectSameAnswers(
  operations: readonly Operation[],
  { world, settings, from }: { world: World; settings: Settings; from: number },
  [ours, bound]: readonly [number, number],
): Promise<void> {
  const people = peopleOf(world.shape, settings);
  let n = from;
  for (const operation of operations) {
    const answers = async (port: number, prefix?: string): Promise<unknown[]> => {
      const connection = new Connection(port, true);
      const told: unknown[] = [];
      for (let i = 0; i < ASKED; i++) {
        const number = operation.tellsTheSame ? from + i : n++;
        const { status, body } = await connection.ask(requestOf(operation, people, world, number, prefix));
        const answer = JSON.parse(body!.toString()) as object;
        told.push([status, operation.tellsTheSame ? answer : Object.keys(answer).sort()]);
      }
      connection.close();
      return told;
    };
    const expected = await answers(ours);
    for (const prefix of [
      '',
      '/settings',
      ...Object.keys(operation.variants ?? {}).map((name) => `/${name}`),
    ]) {
      const told = await answers(bound, prefix);
      if (isDeepStrictEqual(told, expected)) continue;
      const differ = told.findIndex((one, i) => !isDeepStrictEqual(one, expected[i]));
      throw new CannotStart(
        `The bound of ${operation.name} ${prefix} answers otherwise than we do:\n` +
          `${JSON.stringify(told[differ])}\nwhere we say\n${JSON.stringify(expected[differ])}`,
      );
    }
  }
}
