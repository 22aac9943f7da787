import { escapeLiteral } from 'pg';
import { dataHeld } from '../../clients/held-data.js';
import { addDays, startOfDay } from '../../common/day.js';
import { earliestIdAt } from '../../common/id.js';
import type { Dialect, ExportFormat } from '../formats/export-format.js';
import { columnsOf, type RecordKind, sourceOf } from './record-kinds.js';
import type { CellKind, Column, Source } from './source.js';

/** Which rows of which records are copied, and how. */
export interface Selection {
  readonly practiceId: string;
  readonly records: RecordKind;
  readonly format: ExportFormat;
  /** Of CSV alone. */
  readonly dialect: Dialect | null;
  /** Their names, in the order wanted; all where it is null. */
  readonly columns: readonly string[] | null;
  /** Whether the texts of notes come behind them. */
  readonly bodies?: boolean;
  readonly fromOn: string | null;
  readonly toOn: string | null;
  readonly clientId: string | null;
  readonly coachId: string | null;
}

/** How a value of a kind is written, as SQL around the column. */
type Written = (sql: string, timeZone: string) => string;

const asIs: Written = (sql) => sql;
const isoInstant: Written = (sql) => `to_char(${sql} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const isoDay: Written = (sql) => `to_char(${sql}, 'YYYY-MM-DD')`;
const spaced: Written = (sql) => `array_to_string(${sql}, ' ')`;

const JSON_CELLS: Readonly<Record<CellKind, Written>> = {
  id: asIs,
  ids: asIs,
  text: asIs,
  code: asIs,
  codes: asIs,
  number: asIs,
  decimal: asIs,
  flag: asIs,
  day: isoDay,
  instant: isoInstant,
};

const CSV_CELLS: Readonly<Record<CellKind, Written>> = {
  ...JSON_CELLS,
  ids: spaced,
  codes: spaced,
  text: (sql) => `spreadsheet_safe(${sql})`,
  code: (sql) => `spreadsheet_safe(${sql})`,
  flag: (sql) => `(${sql})::text`,
};

/** As a Dutch Excel reads it: a decimal comma, and instants as the clock of the practice told them. */
const DUTCH_CELLS: Readonly<Record<CellKind, Written>> = {
  ...CSV_CELLS,
  decimal: (sql) => `replace((${sql})::text, '.', ',')`,
  instant: (sql, timeZone) =>
    `to_char(${sql} at time zone ${escapeLiteral(timeZone)}, 'YYYY-MM-DD HH24:MI:SS')`,
};

/** For a person who reads them: instants as the clock of the practice told them. */
const SHOWN_CELLS: Readonly<Record<CellKind, Written>> = { ...JSON_CELLS, instant: DUTCH_CELLS.instant };

function cellsOf({ format, dialect }: Selection): Readonly<Record<CellKind, Written>> {
  if (format === 'csv') return dialect === 'excel-nl' ? DUTCH_CELLS : CSV_CELLS;
  return format === 'xlsx' || format === 'pdf' ? SHOWN_CELLS : JSON_CELLS;
}

type Chosen = Pick<Selection, 'records' | 'columns' | 'bodies'>;

/** The columns of a file by name, and what they hold; its texts come last. */
export function chosenColumns(chosen: Chosen): [string, CellKind][] {
  const columns = storedColumns(chosen).map(([name, { kind }]): [string, CellKind] => [name, kind]);
  return chosen.bodies && chosen.records === 'notes'
    ? [...columns, ['body', 'text'], ['addenda', 'text']]
    : columns;
}

function storedColumns({ records, columns }: Chosen): [string, Column][] {
  const all = columnsOf(records);
  return (columns ?? Object.keys(all)).filter((name) => name in all).map((name) => [name, all[name]!]);
}

/**
 * The statement that copies them out: CSV as Postgres writes it, or one JSON object a line.
 * @param order `as they lie` begins at once, where sorting a million rows would first take a second
 */
export function copyStatement(
  selection: Selection,
  timeZone: string,
  order: 'sorted' | 'as they lie' = 'sorted',
): string {
  const all = `select ${shown(selection, timeZone)} ${rowsOf(selection, timeZone)}`;
  const rows = order === 'sorted' ? `${all} order by ${sourceOf(selection.records).order}` : all;
  if (selection.format !== 'csv') return copyOfJson(rows);
  const delimiter = selection.dialect === 'excel-nl' ? `, delimiter ';'` : '';
  return `copy (${rows}) to stdout with (format csv, header${delimiter})`;
}

/** One JSON object a line. JSON holds neither of these two characters, so that nothing in it is ever quoted. */
export const copyOfJson = (rows: string): string =>
  `copy (select row_to_json(o) from (${rows}) o) to stdout with (format csv, quote E'\\x01', delimiter E'\\x02')`;

/** The statement that counts them, and says whose files they are of. */
export function countStatement(selection: Selection, timeZone: string): string {
  const { client } = sourceOf(selection.records);
  return `select coalesce(sum(n), 0)::integer as rows, array_agg(client_id) filter (where client_id is not null) as clients
            from (select ${client} as client_id, count(*) as n ${rowsOf(selection, timeZone)} group by 1) files`;
}

export interface Counted {
  readonly rows: number;
  readonly clients: string[] | null;
}

/** What is selected of each row, under the names of the columns. */
export function shown(selection: Selection, timeZone: string): string {
  const cells = cellsOf(selection);
  return storedColumns(selection)
    .map(([name, { kind, sql }]) => `${cells[kind](sql, timeZone)} as "${name}"`)
    .join(', ');
}

/** `copy` takes no parameters, so what was asked for stands in it as escaped literals. */
export function rowsOf(selection: Selection, timeZone: string, more = ''): string {
  const { practiceId, records, clientId, coachId, fromOn, toOn } = selection;
  const source = sourceOf(records);
  const conditions = [
    `r.practice_id = ${literalId(practiceId)}`,
    clientId && source.ofClient(literalId(clientId)),
    coachId && source.ofCoach(literalId(coachId)),
    fromOn && since(source.at, fromOn, timeZone),
    toOn && until(source.at, toOn, timeZone),
    // Whoever asked that their data be left alone is left out; the log of who did what is owed to them all the more.
    records !== 'audit_events' && records !== 'dossier' && `not ${dataHeld('r.practice_id', source.client)}`,
  ].filter(Boolean);
  return `from ${source.from}${more} where ${conditions.join(' and ')}`;
}

const since = (at: Source['at'], on: string, timeZone: string): string =>
  'day' in at
    ? `${at.day} >= ${escapeLiteral(on)}::date`
    : `${momentOf(at)} >= ${literalMoment(at, startOfDay(on, timeZone))}`;

const until = (at: Source['at'], on: string, timeZone: string): string =>
  'day' in at
    ? `${at.day} <= ${escapeLiteral(on)}::date`
    : `${momentOf(at)} < ${literalMoment(at, startOfDay(addDays(on, 1), timeZone))}`;

type Moment = Exclude<Source['at'], { day: string }>;

const momentOf = (at: Moment): string => ('id' in at ? at.id : at.instant);
const literalMoment = (at: Moment, moment: Date): string =>
  'id' in at ? literalId(earliestIdAt(moment)) : `${escapeLiteral(moment.toISOString())}::timestamptz`;
const literalId = (value: string): string => `${escapeLiteral(value)}::uuid`;
