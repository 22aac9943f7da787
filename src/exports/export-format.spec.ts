import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import fc from 'fast-check';
import { type ExportFormat, rowsAs } from './export-format.js';

/** Passes a text through in pieces of any size, as the network cuts it. */
async function passed(format: ExportFormat, whole: string, sizes: readonly number[]) {
  const bytes = Buffer.from(whole);
  const pieces: Buffer[] = [];
  for (let at = 0, n = 0; at < bytes.length; n++) {
    const size = sizes[n % sizes.length]!;
    pieces.push(bytes.subarray(at, at + size));
    at += size;
  }
  const rows = rowsAs(format);
  const [, told] = await Promise.all([pipeline(Readable.from(pieces), rows), text(rows)]);
  return { told, rows: rows.rows };
}

const cell = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', 'é', '🌿') });
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1 });
const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;

describe('CSV', () => {
  it('ends its lines in CRLF and leaves its cells alone, however it arrives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cell, cell)), sizes, async (cells, cuts) => {
        const lines = ['name,company', ...cells.map((row) => row.map(quoted).join(','))];
        const { told, rows } = await passed('csv', lines.map((line) => `${line}\n`).join(''), cuts);
        expect(told).toBe(lines.map((line) => `${line}\r\n`).join(''));
        expect(rows).toBe(cells.length);
      }),
    );
  });
});

describe('JSON', () => {
  it('is one array of what came a line each, however it arrives', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.dictionary(cell, cell)), sizes, async (objects, cuts) => {
        const lines = objects.map((object) => `${JSON.stringify(object)}\n`).join('');
        const { told, rows } = await passed('json', lines, cuts);
        expect(JSON.parse(told)).toEqual(JSON.parse(JSON.stringify(objects)));
        expect(rows).toBe(objects.length);
      }),
    );
  });
});
