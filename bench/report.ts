import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { type Results, wayNamed } from './results.js';

type Table = readonly (readonly string[])[];

const whole = (value: number | undefined): string =>
  value === undefined ? '' : Math.round(value).toString();
const fixed = (value: number, digits = 2): string => (Number.isFinite(value) ? value.toFixed(digits) : '');

/** Each operation in each way. */
function waysTable({ operations }: Results): Table {
  const head = [
    'operation',
    'way',
    'req/s',
    'p50 ms',
    'p99 ms',
    'CPU µs',
    'Postgres µs',
    'RSS MB',
    'queries',
    'round trips',
  ];
  const rows = operations.flatMap(({ name, ways, ours, bound }) =>
    ways.map((way, i) => {
      const counts = way.name === 'ours' ? ours : way.name === 'bound' ? bound : undefined;
      return [
        i === 0 ? name : '',
        way.name,
        whole(way.perSecond),
        fixed(way.p50),
        fixed(way.p99),
        whole(way.cpuMicros),
        whole(way.postgresMicros),
        whole(way.rssBytes && way.rssBytes / 2 ** 20),
        counts ? fixed(counts.queries, 1) : '',
        counts ? fixed(counts.roundTrips, 1) : '',
      ];
    }),
  );
  return [head, ...rows];
}

/** How much of what can be had we have. */
function ratiosTable({ operations }: Results): Table {
  const head = [
    'operation',
    'of the bound',
    'of the bound in our transaction',
    'of JavaScript lists',
    'p99 of the bound',
    'of ours without audit',
  ];
  const rows = operations.map(({ name, ways }) => {
    const ours = wayNamed(ways, 'ours')!;
    const of = (other: string): string => {
      const way = wayNamed(ways, other);
      return way ? fixed(ours.perSecond / way.perSecond) : '';
    };
    const p99 = fixed(ours.p99 / wayNamed(ways, 'bound')!.p99);
    return [name, of('bound'), of('settings'), of('javascript'), p99, of('unwitnessed')];
  });
  return [head, ...rows];
}

function streamTable({ stream }: Results): Table | undefined {
  if (!stream) return undefined;
  const { rows, bytes, rssBytes, seconds } = stream;
  const head = [
    `${rows} sessions as CSV`,
    'seconds',
    'MB/s',
    'RSS MB',
    'first byte ms',
    "others' p99 ms",
    'alone',
  ];
  const lines = Object.entries(seconds).map(([who, time]) => [
    who,
    fixed(time),
    whole(bytes / 2 ** 20 / time),
    ...(who === 'ours'
      ? [
          whole(rssBytes && rssBytes / 2 ** 20),
          fixed(stream.firstByteMs),
          fixed(stream.othersP99),
          fixed(stream.othersAloneP99),
        ]
      : ['', '', '', '']),
  ]);
  return [head, ...lines];
}

function filesTable({ files }: Results): Table | undefined {
  if (!files) return undefined;
  const head = [`${files[0]?.rows} sessions into a file`, 'seconds', 'rows/s', 'MB', 'RSS MB of the worker'];
  const lines = files.map(({ format, rows, bytes, seconds, peakBytes }) => [
    format,
    fixed(seconds),
    whole(rows / seconds),
    fixed(bytes / 1e6, 1),
    whole(peakBytes && peakBytes / 1e6),
  ]);
  return [head, ...lines];
}

function longTable({ long }: Results): Table | undefined {
  if (!long) return undefined;
  const head = ['two years of daily logs', 'p50 ms', 'p95 ms', 'kB'];
  return [
    head,
    ...long.map(({ what, p50, p95, bytes }) => [what, fixed(p50), fixed(p95), fixed(bytes / 1e3, 1)]),
  ];
}

function growthTable({ growth }: Results): Table | undefined {
  if (!growth) return undefined;
  const head = ['operation', 'p50 ms on a tenth', 'p50 ms on all', 'ratio'];
  return [
    head,
    ...growth.map(({ operation, tenthP50, wholeP50 }) => [
      operation,
      fixed(tenthP50),
      fixed(wholeP50),
      fixed(wholeP50 / tenthP50),
    ]),
  ];
}

function goalsTable({ goals }: Results): Table {
  return [
    ['goal', 'measured', ''],
    ...goals.map(({ goal, value, isMet }) => [goal, fixed(value), isMet ? 'met' : 'not met']),
  ];
}

const tablesOf = (results: Results): Table[] =>
  [
    waysTable(results),
    ratiosTable(results),
    streamTable(results),
    filesTable(results),
    longTable(results),
    growthTable(results),
    goalsTable(results),
  ].filter((table) => table !== undefined);

export function print(results: Results): void {
  for (const table of tablesOf(results)) process.stdout.write(`\n${aligned(table)}\n`);
  process.stdout.write(`\n${runOf(results)}\n`);
}

function aligned(table: Table): string {
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  const cell = (text: string, column: number): string =>
    /^[\d.]*$/.test(text) ? text.padStart(widths[column]!) : text.padEnd(widths[column]!);
  return table.map((row) => row.map(cell).join('  ').trimEnd()).join('\n');
}

const BEGIN = '<!-- bench: written by `npm run bench` -->';
const END = '<!-- /bench -->';

/** Puts the tables between their markers; what people wrote around them stays. */
export function writeInto(file: string, results: Results): void {
  const page = existsSync(file) ? readFileSync(file, 'utf8') : `${BEGIN}\n${END}\n`;
  const [before, after] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (before === -1 || after < before) throw new Error(`${file} has no place for the tables.`);
  const tables = tablesOf(results).map(markdown).join('\n\n');
  const written = `${BEGIN}\n${runOf(results)}\n\n${tables}\n`;
  writeFileSync(file, page.slice(0, before) + written + page.slice(after));
}

function markdown([head, ...rows]: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head!), line(head!.map((_, i) => (i === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

function runOf({ at, machine, load, shape, connections, poolSize, rounds, seconds }: Results): string {
  return (
    `${at.slice(0, 10)}, on ${machine}, with a load of ${load.toFixed(1)} before; the ${shape.name} data set, ${connections} connections, ` +
    `${poolSize} to Postgres, medians of ${rounds} rounds of ${seconds} s.`
  );
}
