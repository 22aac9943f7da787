import type { Content, DynamicContent, TDocumentDefinitions } from 'pdfmake/interfaces';
import type { Provenance } from './printed.js';

/** Calm on paper too: dark grey on white, one soft colour, and no red. */
export const INK = '#2b3036';
export const SOFT = '#6b747d';
export const LINE = '#d7dde0';
export const ACCENT = '#3f6f68';

/** What every page has: who it is of, why and when it was made, and its number. */
export function page(title: string, of: Provenance): Omit<TDocumentDefinitions, 'content'> {
  const made = `Gemaakt door ${of.madeBy} op ${of.madeAt}. Doel: ${of.purpose}`;
  const footer: DynamicContent = (current, count) => ({
    margin: [40, 8, 40, 0],
    columns: [
      { text: made, style: 'small' },
      { text: `pagina ${current} van ${count}`, style: 'small', alignment: 'right', width: 90 },
    ],
  });
  return {
    pageSize: 'A4',
    pageMargins: [40, 46, 40, 52],
    header: { margin: [40, 20, 40, 0], text: of.practice, style: 'small' },
    footer,
    info: { title, author: of.practice, subject: of.purpose, creator: 'Ademruimte', producer: 'Ademruimte' },
    // A title stands above something: at the foot of a page it moves to the next.
    pageBreakBefore: ({ headlineLevel, startPosition }) =>
      headlineLevel !== undefined && startPosition.verticalRatio > 0.9,
    language: 'nl',
    defaultStyle: { font: 'Roboto', fontSize: 10, lineHeight: 1.25, color: INK },
    styles: {
      title: { fontSize: 20, bold: true, color: ACCENT, margin: [0, 0, 0, 4] },
      section: { fontSize: 14, bold: true, color: ACCENT, margin: [0, 18, 0, 6] },
      item: { bold: true, margin: [0, 8, 0, 2] },
      small: { fontSize: 8, color: SOFT },
      cell: { fontSize: 7 },
      head: { fontSize: 7, bold: true, color: ACCENT },
    },
  };
}

export const heading = (title: string, lines: readonly string[]): Content => [
  { text: title, style: 'title' },
  ...lines.map((text) => ({ text, style: 'small' })),
  { text: ' ', fontSize: 6 },
];
