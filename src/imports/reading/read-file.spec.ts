import fc from 'fast-check';
import { Findings } from '../import-problems.js';
import { CLIENT_FIELDS, NOTE_FIELDS, SESSION_FIELDS } from '../records/columns.js';
import { IMPORT_FORMATS, readFile } from './read-file.js';
import { readRows } from './rows.js';

const cell = fc.string({ unit: fc.constantFrom('a', ',', ';', '"', '\n', '\r', 'é', '🌿', ' ', "'", '=') });
const filled = cell.filter((value) => value.trim() !== '');
const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;

describe('a file that is brought', () => {
  it.each([',', ';'])('as CSV parted by %s is read cell for cell as it was written', (delimiter) => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(filled, filled), { minLength: 1, maxLength: 20 }),
        fc.boolean(),
        (rows, mark) => {
          const lines = [`een${delimiter}twee`, ...rows.map((row) => row.map(quoted).join(delimiter))];
          const findings = new Findings();
          const file = readFile(Buffer.from(`${mark ? '\ufeff' : ''}${lines.join('\r\n')}`), 'csv', findings);
          expect(findings.problems).toEqual([]);
          expect(file.rows.map(({ cells }) => [cells['een'], cells['twee']])).toEqual(rows);
          expect(file.rows.map(({ row }) => row)).toEqual(rows.map((_, i) => i + 2));
        },
      ),
    );
  });

  it.each(IMPORT_FORMATS)(
    'as %s may be any bytes at all: what is no file is found, and nothing is thrown',
    (format) => {
      const bytes = fc.oneof(
        fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)),
        fc.json().map((text) => Buffer.from(text)),
        fc
          .array(fc.array(cell, { maxLength: 4 }), { maxLength: 6 })
          .map((rows) => Buffer.from(rows.join('\n'))),
      );
      fc.assert(
        fc.property(bytes, (content) => {
          const findings = new Findings();
          const file = readFile(content, format, findings);
          if (file.rows.length === 0) expect(findings.problems).not.toEqual([]);
          for (const fields of [CLIENT_FIELDS, SESSION_FIELDS, NOTE_FIELDS]) {
            readRows(file, fields, 'Europe/Amsterdam', new Findings());
          }
        }),
      );
    },
  );

  it('may hold anything in any cell: what is read is of its column, or is found', () => {
    const anything = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom('constructor', '__proto__', 'toString', 'valueOf'),
    );
    for (const fields of [CLIENT_FIELDS, SESSION_FIELDS, NOTE_FIELDS]) {
      const names = Object.keys(fields);
      fc.assert(
        fc.property(fc.dictionary(fc.constantFrom(...names), anything), (cells) => {
          const findings = new Findings();
          const [said] = readRows(
            { columns: names, rows: [{ row: 1, cells }] },
            fields,
            'Europe/Amsterdam',
            findings,
          );
          for (const [name, value] of Object.entries(said!)) {
            expect(typeof value).not.toBe('function');
            if (name !== 'row')
              expect(findings.problems).not.toContainEqual(expect.objectContaining({ column: name }));
          }
        }),
      );
    }
  });
});
