import { parse } from 'csv-parse/sync';
import type { Findings } from '../import-problems.js';
import type { RawFile, RawRow } from './rows.js';

export const IMPORT_FORMATS = ['csv', 'json', 'ndjson'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

export const MOST_ROWS = 10_000;
const NOTHING: RawFile = { columns: [], rows: [] };
const BYTE_ORDER_MARK = '\ufeff';

/** Takes a file apart; what cannot be read is found, and not thrown. */
export function readFile(bytes: Buffer, format: ImportFormat, findings: Findings): RawFile {
  let file: RawFile;
  try {
    const text = decoded(bytes);
    file =
      format === 'csv'
        ? fromCsv(text, findings)
        : fromObjects(format === 'json' ? listIn(text) : linesIn(text));
  } catch (error) {
    // Of a CSV it is known up to which row it could be read.
    findings.add(1 + ((error as { records?: number }).records ?? 0), 'unreadable');
    return NOTHING;
  }
  if (file.rows.length > MOST_ROWS) {
    findings.add(MOST_ROWS + 1, 'too_many_rows');
    return NOTHING;
  }
  if (file.rows.length === 0) {
    findings.add(1, 'empty');
    return NOTHING;
  }
  return file;
}

/** UTF-8; what is not that was saved by an Excel of before. */
function decoded(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

function fromCsv(text: string, findings: Findings): RawFile {
  const records = parse(text, {
    bom: true,
    delimiter: delimiterOf(text),
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: false,
  });
  const [header = [], ...rest] = records;
  const columns = header.map((name) => name.trim());
  const isOurs = OWN_COLUMNS.every((name) => columns.includes(name));
  const rows = rest.flatMap((record, i): RawRow[] => {
    if (record.every((cell) => cell.trim() === '')) return [];
    if (record.slice(columns.length).some((cell) => cell.trim() !== ''))
      findings.add(i + 2, 'too_many_cells');
    const cells = record.map((cell) => (isOurs ? unguarded(cell) : cell));
    return [
      {
        row: i + 2,
        cells: Object.fromEntries(
          columns.map((name, at) => [name, cells[at]?.trim() === '' ? undefined : cells[at]]),
        ),
      },
    ];
  });
  return { columns, rows };
}

/** Every export of ours has these unless others were chosen; then its guarded cells are read as they stand. */
const OWN_COLUMNS = ['id', 'coachId', 'status'];
/** What an export of ours puts before a cell that a spreadsheet would run. */
const GUARDED = /^'(?=\s*[=+\-@\t\r\n＝＋－＠])/u;
const unguarded = (cell: string): string => cell.replace(GUARDED, '');

/** Whichever of the two parts the header in more columns, outside of quotes. */
function delimiterOf(text: string): ',' | ';' {
  const [header = ''] = text.replace(/"(?:[^"]|"")*"/g, '').split(/\r?\n/, 1);
  return header.split(';').length > header.split(',').length ? ';' : ',';
}

const listIn = (text: string): unknown => JSON.parse(text.replace(BYTE_ORDER_MARK, ''));
const linesIn = (text: string): unknown[] =>
  text
    .split(/\r?\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as unknown);

function fromObjects(objects: unknown): RawFile {
  if (!Array.isArray(objects)) throw new TypeError('not a list');
  const columns = new Set<string>();
  const rows = objects.map((cells: unknown, i): RawRow => {
    if (typeof cells !== 'object' || cells === null || Array.isArray(cells)) throw new TypeError('no object');
    for (const name of Object.keys(cells)) columns.add(name);
    return { row: i + 1, cells: cells as RawRow['cells'] };
  });
  return { columns: [...columns], rows };
}
