import type { CellKind } from '../../records/source.js';
import { isFormula } from '../csv-line.js';

/** A column of a sheet: its header, and what its cells hold. */
export type SheetColumn = readonly [name: string, kind: CellKind];

/** The styles of `xl/styles.xml`, by their place there. */
const STYLE = { header: 1, day: 2, instant: 3, decimal: 4, quoted: 5 } as const;

/** Excel opens no file with a longer cell (ECMA-376 says nothing of it; its limits do). */
const LONGEST_CELL = 32_767;
const CUT = ' … [afgebroken: langer past niet in een cel; de hele tekst staat in csv of json]';

const DAY_MS = 86_400_000;
/** Day 0 of a sheet, 30 December 1899, before 1970. */
const DAYS_BEFORE_1970 = 25_569;

/** Characters that XML cannot hold, and the way in which a sheet writes those, so that nobody reads one that was typed. */
const UNSPEAKABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)/g;
const LONE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

export function escaped(text: string): string {
  return text
    .replace(LONE, '\ufffd')
    .replace(UNSPEAKABLE, (c) => `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

/** What stands before the first row: the widths, and a header that stays in sight. */
export function sheetStart(columns: readonly SheetColumn[]): string {
  const widths = columns.map(
    ([, kind], i) => `<col min="${i + 1}" max="${i + 1}" width="${WIDTHS[kind]}" customWidth="1"/>`,
  );
  const names = columns.map(([name], i) => inline(`${letters(i)}1`, STYLE.header, name));
  return `${XML}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData><row r="1">${names.join('')}</row>`;
}

export const SHEET_END = '</sheetData></worksheet>';

/** One row; a cell that is empty is left out. */
export function sheetRow(
  columns: readonly SheetColumn[],
  row: Readonly<Record<string, unknown>>,
  n: number,
): string {
  const cells = columns.map(([name, kind], i) => {
    const value = row[name];
    return value === null || value === undefined ? '' : cell(`${letters(i)}${n}`, kind, value);
  });
  return `<row r="${n}">${cells.join('')}</row>`;
}

function cell(at: string, kind: CellKind, value: unknown): string {
  switch (kind) {
    case 'number':
      return `<c r="${at}"><v>${Number(value)}</v></c>`;
    case 'decimal':
      return `<c r="${at}" s="${STYLE.decimal}"><v>${Number(value)}</v></c>`;
    case 'flag':
      return `<c r="${at}" t="b"><v>${value ? 1 : 0}</v></c>`;
    case 'day':
      return `<c r="${at}" s="${STYLE.day}"><v>${serial(`${String(value)}T00:00:00`)}</v></c>`;
    case 'instant':
      return `<c r="${at}" s="${STYLE.instant}"><v>${serial(String(value).replace(' ', 'T'))}</v></c>`;
    case 'ids':
    case 'codes':
      return inline(at, 0, (value as unknown[]).join(' '));
    case 'id':
    case 'text':
    case 'code': {
      const text = String(value);
      return inline(at, isFormula(text) ? STYLE.quoted : 0, text);
    }
  }
}

/** A text is never run; where it looks like a formula its style says so too, for when it is saved as something else. */
function inline(at: string, style: number, text: string): string {
  const whole = text.length > LONGEST_CELL ? text.slice(0, LONGEST_CELL - CUT.length) + CUT : text;
  return `<c r="${at}"${style ? ` s="${style}"` : ''} t="inlineStr"><is><t xml:space="preserve">${escaped(whole)}</t></is></c>`;
}

/** A sheet knows no zones: this is what the clock of the practice told. */
const serial = (local: string): number => Date.parse(`${local}Z`) / DAY_MS + DAYS_BEFORE_1970;

function letters(i: number): string {
  const last = String.fromCharCode(65 + (i % 26));
  return i < 26 ? last : letters(Math.floor(i / 26) - 1) + last;
}

const WIDTHS: Readonly<Record<CellKind, number>> = {
  id: 38,
  ids: 38,
  text: 32,
  code: 16,
  codes: 20,
  number: 12,
  decimal: 12,
  flag: 10,
  day: 12,
  instant: 20,
};

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/** What stands around the sheets (ECMA-376, part 1): the fewest parts that make a workbook. */
export function workbookParts(titles: readonly string[]): Record<string, string> {
  const each = (write: (title: string, n: number) => string): string =>
    titles.map((title, i) => write(title, i + 1)).join('');
  const relation = (id: string, kind: string, target: string): string =>
    `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`;
  const type = (part: string, kind: string): string =>
    `<Override PartName="/xl/${part}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.${kind}+xml"/>`;
  return {
    'xl/workbook.xml': `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${each(
      (title, n) => `<sheet name="${escaped(title)}" sheetId="${n}" r:id="rId${n}"/>`,
    )}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships">${each((_, n) =>
      relation(`rId${n}`, 'worksheet', `worksheets/sheet${n}.xml`),
    )}${relation(`rId${titles.length + 1}`, 'styles', 'styles.xml')}</Relationships>`,
    'xl/styles.xml': `${XML}<styleSheet xmlns="${MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/><numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6">${[
      'numFmtId="0" fontId="0"',
      'numFmtId="0" fontId="1" applyFont="1"',
      'numFmtId="164" fontId="0" applyNumberFormat="1"',
      'numFmtId="165" fontId="0" applyNumberFormat="1"',
      'numFmtId="2" fontId="0" applyNumberFormat="1"',
      'numFmtId="49" fontId="0" applyNumberFormat="1" quotePrefix="1"',
    ]
      .map((xf) => `<xf ${xf} fillId="0" borderId="0" xfId="0"/>`)
      .join('')}</cellXfs></styleSheet>`,
    '_rels/.rels': `${XML}<Relationships xmlns="${PACKAGE}/relationships">${relation('rId1', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    '[Content_Types].xml': `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${type('workbook.xml', 'sheet.main')}${each((_, n) => type(`worksheets/sheet${n}.xml`, 'worksheet'))}${type('styles.xml', 'styles')}</Types>`,
  };
}
