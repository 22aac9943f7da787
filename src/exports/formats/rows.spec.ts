import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { type Made, rowsAs } from './rows.js';

/** Passes a text through in pieces of any size, as the network cuts it. */
async function passed(made: Made, whole: string, sizes: readonly number[]) {
  const bytes = Buffer.from(whole);
  const pieces: Buffer[] = [];
  for (let at = 0, n = 0; at < bytes.length; n++) {
    const size = sizes[n % sizes.length]!;
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  const rows = rowsAs(made);
  const [, told] = await Promise.all([pipeline(Readable.from(pieces), rows), buffer(rows)]);
  return { told: told.toString(), rows: rows.rows };
}

const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', 'é', '🌿') });
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 });
const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;

describe('CSV', () => {
  it('ends its lines in CRLF and leaves its cells alone, however it arrives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell)), sizes, async (cells, cuts) => {
        const lines = ['name,company', ...cells.map((row) => row.map(quoted).join(','))];
        const { told, rows } = await passed(
          { format: 'csv', dialect: 'rfc4180' },
          lines.map((line) => `${line}\n`).join(''),
          cuts,
        );
        expect(told).toBe(lines.map((line) => `${line}\r\n`).join(''));
        expect(rows).toBe(cells.length);
        const dutch = await passed({ format: 'csv', dialect: 'excel-nl' }, lines.join('\n'), cuts);
        expect(dutch.told).toBe(`\ufeff${lines.join('\r\n')}`);
      }),
    );
  });
});

describe('JSON', () => {
  it('is one array of what came a line each, however it arrives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.dictionary(cell, cell)), sizes, async (objects, cuts) => {
        const lines = objects.map((object) => `${JSON.stringify(object)}\n`).join('');
        const { told, rows } = await passed({ format: 'json', dialect: null }, lines, cuts);
        expect(JSON.parse(told)).toEqual(JSON.parse(JSON.stringify(objects)));
        expect(rows).toBe(objects.length);
        expect(await passed({ format: 'ndjson', dialect: null }, lines, cuts)).toEqual({ told: lines, rows });
      }),
    );
  });
});
