/** What kind of data a column holds, as the register of processing tells it (AVG art. 30). */
export const FIELD_CLASSES = ['identity', 'contact', 'special', 'fiscal', 'technical'] as const;
export type FieldClass = (typeof FIELD_CLASSES)[number];

/** What the practice does with data: each has a purpose and a ground of its own (`activities.ts`). */
export const ACTIVITY_CODES = [
  'coaching',
  'bookkeeping',
  'intake',
  'accounts',
  'mailing',
  'rights',
  'exporting',
  'accounting_for',
  'practice',
  'operation',
] as const;
export type ActivityCode = (typeof ACTIVITY_CODES)[number];

/** How long a column is kept (`retention-terms.ts`). */
export const TERM_CODES = [
  'file',
  'fiscal',
  'ninety_days',
  'account',
  'short',
  'passing',
  'log',
  'practice',
] as const;
export type TermCode = (typeof TERM_CODES)[number];

/** A table, and of each class the columns that are of it, parted by spaces. */
export interface ClassifiedTable {
  readonly activity: ActivityCode;
  readonly kept: TermCode;
  readonly columns: Partial<Record<FieldClass, string>>;
}

export type ClassifiedTables = Readonly<Record<string, ClassifiedTable>>;

/** Rows of a client's file: they go with it. */
export const ofFile = (columns: ClassifiedTable['columns']): ClassifiedTable => ({
  activity: 'coaching',
  kept: 'file',
  columns,
});

/** Rows by which people sign in: they go when the account does, or sooner. */
export const ofAccount = (
  columns: ClassifiedTable['columns'],
  kept: TermCode = 'account',
): ClassifiedTable => ({ activity: 'accounts', kept, columns });

/** What says how the practice works, and is about no client. */
export const ofThePractice = (columns: ClassifiedTable['columns']): ClassifiedTable => ({
  activity: 'practice',
  kept: 'practice',
  columns,
});

/** What keeps the machine going, and passes by. */
export const ofOperation = (columns: ClassifiedTable['columns'], kept: TermCode): ClassifiedTable => ({
  activity: 'operation',
  kept,
  columns,
});
