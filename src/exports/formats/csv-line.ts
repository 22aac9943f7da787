/** As `spreadsheet_safe` in the database: what a spreadsheet would run as a formula begins with an apostrophe. */
export function spreadsheetSafe(cell: string): string {
  return isFormula(cell) ? `'${cell}` : cell;
}

export const isFormula = (cell: string): boolean => FORMULA.test(cell) && !PHONE.test(cell);

const FORMULA = /^\s*[=+\-@\t\r\n＝＋－＠]/;
const PHONE = /^\+[1-9][0-9]{1,14}$/;

export type Cell = string | number | boolean | null;

/** A line of CSV as Postgres writes it, which `CsvRows` takes: quotes where they are needed, and a line feed at its end. */
export function csvLine(cells: readonly Cell[], delimiter: string): string {
  return `${cells.map((cell) => quoted(cell, delimiter)).join(delimiter)}\n`;
}

function quoted(cell: Cell, delimiter: string): string {
  if (cell === null) return '';
  const text = String(cell);
  const isPlain = text !== '' && !text.includes(delimiter) && !/["\r\n]/.test(text);
  return isPlain ? text : `"${text.replaceAll('"', '""')}"`;
}
