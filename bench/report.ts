import type { Compared, Way } from './comparison.js';

const whole = (value: number | undefined): string =>
  value === undefined ? '' : Math.round(value).toString();
const fixed = (value: number | undefined, digits: number): string =>
  value === undefined || Number.isNaN(value) ? '' : value.toFixed(digits);

const HEAD = ['operation', 'way', 'req/s', 'p50 ms', 'p99 ms', 'CPU µs', 'RSS MB', 'of bound', 'of settings'];

export function rowsOf(compared: readonly Compared[]): string[][] {
  return compared.flatMap(({ operation, ways }) => {
    const ours = ways.find(({ name }) => name === 'ours')!;
    return ways.map((way) => [
      way === ours ? operation.name : '',
      way.name,
      whole(way.perSecond),
      fixed(way.p50, 2),
      fixed(way.p99, 2),
      whole(way.cpuMicros),
      whole(way.rssBytes && way.rssBytes / 1_048_576),
      ...(way === ours ? [ratio(ours, ways, 'bound'), ratio(ours, ways, 'settings')] : ['', '']),
    ]);
  });
}

const ratio = (ours: Way, ways: readonly Way[], name: string): string =>
  fixed(ours.perSecond / ways.find((way) => way.name === name)!.perSecond, 2);

export function printResults(compared: readonly Compared[]): void {
  const rows = [HEAD, ...rowsOf(compared)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  for (const row of rows) {
    const cells = row.map((cell, column) =>
      column < 2 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
    );
    process.stdout.write(`${cells.join('  ').trimEnd()}\n`);
  }
}
