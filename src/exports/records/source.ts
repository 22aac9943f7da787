/** What a column holds; each file format writes that in its own way. */
export type CellKind =
  'id' | 'ids' | 'text' | 'code' | 'codes' | 'number' | 'decimal' | 'flag' | 'day' | 'instant';

/** A column of an export: what it holds, and where it stands in the database. */
export interface Column {
  readonly kind: CellKind;
  readonly sql: string;
}

/** What leaves of one kind of record: no more than an admin may see of it, for an export is an admin's. */
export interface Source {
  /** In Dutch, as a sheet or a printed page is called. */
  readonly title: string;
  readonly from: string;
  /** Whose file a row is of, where it is of one. */
  readonly client: string;
  /** A condition on whose file a row is of, or whom it is about. */
  readonly ofClient: (id: string) => string;
  /** A condition on whose files, now; or of whose doing. */
  readonly ofCoach: (id: string) => string;
  /** What a period is about: an instant, a day of itself, or an id that tells its moment. */
  readonly at: { readonly instant: string } | { readonly day: string } | { readonly id: string };
  /** Along an index. */
  readonly order: string;
  readonly columns: Readonly<Record<string, Column>>;
}

const of =
  (kind: CellKind) =>
  (sql: string): Column => ({ kind, sql });

export const id = of('id');
export const ids = of('ids');
/** What somebody typed. */
export const text = of('text');
export const code = of('code');
export const codes = of('codes');
export const number = of('number');
/** A number that a reader expects with a decimal mark. */
export const decimal = of('decimal');
export const flag = of('flag');
export const day = of('day');
export const instant = of('instant');

/** A condition that a column is this id; an id is a literal by now. */
export const equals =
  (column: string) =>
  (value: string): string =>
    `${column} = ${value}`;
