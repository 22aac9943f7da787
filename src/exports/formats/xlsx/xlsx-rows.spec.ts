import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { Workbook, type Worksheet } from '@protobi/exceljs';
import fc from 'fast-check';
import type { CellKind } from '../../records/source.js';
import { XlsxRows } from './xlsx-rows.js';

const at = new Date('2026-03-29T12:00:00Z');
const KINDS: CellKind[] = ['id', 'text', 'number', 'decimal', 'flag', 'day', 'instant', 'codes'];
const columns = KINDS.map((kind): [string, CellKind] => [kind, kind]);

/** The bytes of a workbook of these rows, which arrive in pieces of so many bytes. */
async function written(rows: readonly object[], size = 65_536, rowsOfASheet?: number) {
  const lines = Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const pieces = Array.from({ length: Math.ceil(lines.length / size) }, (_, i) =>
    lines.subarray(i * size, (i + 1) * size),
  );
  const sheet = new XlsxRows({ title: 'Cliënten', columns, at }, rowsOfASheet);
  const [bytes] = await Promise.all([buffer(sheet), pipeline(Readable.from(pieces), sheet)]);
  return { bytes, rows: sheet.rows };
}

/** As another program reads it. */
async function read(bytes: Buffer): Promise<Workbook> {
  const book = new Workbook();
  await book.xlsx.load(bytes as never);
  return book;
}

const cellsOf = (sheet: Worksheet, row: number): unknown[] =>
  (sheet.getRow(row).values as unknown[]).slice(1);

describe('a workbook', () => {
  it('has cells that are what the records hold, under a header that stays in sight', async () => {
    const { bytes } = await written([
      {
        id: '0196f3a0-1111-7222-8333-444455556666',
        text: 'Zoë & <Rust>\n"tweede" 🌿',
        number: 45,
        decimal: 95.5,
        flag: true,
        day: '2026-03-29',
        instant: '2026-03-29 14:05:06',
        codes: [1, 3, 5],
      },
      {
        id: null,
        text: null,
        number: null,
        decimal: null,
        flag: null,
        day: null,
        instant: null,
        codes: null,
      },
    ]);
    const [sheet] = (await read(bytes)).worksheets as [Worksheet];
    expect(sheet.name).toBe('Cliënten');
    expect(sheet.views).toMatchObject([{ state: 'frozen', ySplit: 1 }]);
    expect(cellsOf(sheet, 1)).toEqual(KINDS);
    expect(cellsOf(sheet, 2)).toEqual([
      '0196f3a0-1111-7222-8333-444455556666',
      'Zoë & <Rust>\n"tweede" 🌿',
      45,
      95.5,
      true,
      new Date('2026-03-29T00:00:00Z'),
      new Date('2026-03-29T14:05:06Z'),
      '1 3 5',
    ]);
    expect(sheet.getCell('D2').numFmt).toBe('0.00');
    expect(sheet.getCell('G2').numFmt).toContain('hh:mm:ss');
    expect(cellsOf(sheet, 3)).toEqual([]);
  });

  it('runs no formula, and says of what looks like one that it is text', async () => {
    const { bytes } = await written([{ text: '=1+1' }, { text: '@SUM(A1)' }, { text: '+31612345678' }]);
    const [sheet] = (await read(bytes)).worksheets as [Worksheet];
    for (const [n, text] of ['=1+1', '@SUM(A1)', '+31612345678'].entries()) {
      expect(sheet.getCell(`B${n + 2}`)).toMatchObject({ value: text, formula: undefined });
    }
    expect(sheet.getCell('B2').numFmt).toBe('@');
    expect(sheet.getCell('B4').numFmt).not.toBe('@');
  });

  it('keeps every text, however it arrives, also what XML cannot hold', async () => {
    const piece = fc.constantFrom(
      'a',
      ' ',
      '\u0000',
      '\u001f',
      '\t',
      '\n',
      '_x0041_',
      '&',
      '<',
      ']]>',
      'é',
      '🌿',
    );
    const text = fc.array(piece, { maxLength: 8 }).map((pieces) => `|${pieces.join('')}|`);
    await fc.assert(
      fc.asyncProperty(
        fc.array(text, { maxLength: 6 }),
        fc.integer({ min: 1, max: 40 }),
        async (texts, size) => {
          const { bytes, rows } = await written(
            texts.map((value) => ({ text: value })),
            size,
          );
          expect(rows).toBe(texts.length);
          const [sheet] = (await read(bytes)).worksheets as [Worksheet];
          // This reader leaves `_x0000_` as the file has it; Excel and LibreOffice read it back.
          const back = texts.map((_, n) => spoken(sheet.getCell(`B${n + 2}`).text));
          expect(back).toEqual(texts);
        },
      ),
      { numRuns: 30 },
    );
  });

  it('goes on on another sheet where one is full', async () => {
    const rows = Array.from({ length: 7 }, (_, number) => ({ number }));
    const { bytes } = await written(rows, 65_536, 4);
    const { worksheets } = await read(bytes);
    expect(worksheets.map(({ name }) => name)).toEqual(['Cliënten', 'Cliënten 2', 'Cliënten 3']);
    expect(worksheets.map((sheet) => sheet.rowCount)).toEqual([4, 4, 2]);
    expect(worksheets[2]!.getCell('C2').value).toBe(6);
  });

  it('of nothing has its header', async () => {
    const { bytes } = await written([]);
    const [sheet] = (await read(bytes)).worksheets as [Worksheet];
    expect(cellsOf(sheet, 1)).toEqual(KINDS);
    expect(sheet.rowCount).toBe(1);
  });

  it('says so where a text is longer than a cell can be', async () => {
    const { bytes } = await written([{ text: 'x'.repeat(40_000) }]);
    const [sheet] = (await read(bytes)).worksheets as [Worksheet];
    const value = sheet.getCell('B2').text;
    expect(value).toHaveLength(32_767);
    expect(value).toMatch(/x … \[afgebroken/);
  });
});

const spoken = (text: string): string =>
  text.replace(/_x([0-9A-F]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
