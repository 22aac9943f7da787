import type { ContentTable } from 'pdfmake/interfaces';
import type { CellKind } from '../records/source.js';
import { LINE } from './look.js';
import type { CellValue, TableDocument } from './printed.js';

/** Narrow where what it holds is short, so that texts have the room. */
const WIDTHS: Readonly<Record<CellKind, number | 'auto' | '*'>> = {
  id: 40,
  ids: 40,
  text: '*',
  code: 'auto',
  codes: 'auto',
  number: 'auto',
  decimal: 'auto',
  flag: 'auto',
  day: 46,
  instant: 62,
};

export function tableContent({ columns, rows }: TableDocument): ContentTable {
  return {
    table: {
      headerRows: 1,
      widths: columns.map(({ kind }) => WIDTHS[kind]),
      body: [
        columns.map(({ label }) => ({ text: label, style: 'head' })),
        ...rows.map((row) =>
          row.map((value, i) => ({ text: shown(columns[i]!.kind, value), style: 'cell' })),
        ),
      ],
    },
    layout: {
      hLineWidth: (i) => (i === 0 ? 0 : 0.5),
      vLineWidth: () => 0,
      hLineColor: () => LINE,
      paddingLeft: () => 2,
      paddingRight: () => 4,
    },
  };
}

/** As a Dutch reader expects it; of an id the end, by which it is found in another export. */
export function shown(kind: CellKind, value: CellValue): string {
  if (value === null) return '';
  const text = typeof value === 'object' ? value.join(' ') : String(value);
  switch (kind) {
    case 'id':
      return text.slice(-8);
    case 'ids':
      return (value as string[]).map((id) => id.slice(-8)).join(' ');
    case 'flag':
      return value ? 'ja' : 'nee';
    case 'decimal':
      return Number(value).toFixed(2).replace('.', ',');
    case 'day':
      return dutchDay(text);
    case 'instant':
      return `${dutchDay(text.slice(0, 10))} ${text.slice(11, 16)}`;
    default:
      return text;
  }
}

/** `2026-03-29` as `29-03-2026`. */
export const dutchDay = (day: string): string => day.split('-').reverse().join('-');
