/** How many rows a data set has; each number is for all practices together unless it says otherwise. */
export interface Shape {
  readonly name: string;
  /** In the large practice; the rest share a tenth of what it has. */
  readonly clients: number;
  readonly coaches: number;
  readonly otherClients: number;
  /** In each of the other practices. */
  readonly otherCoaches: number;
}

export const PRACTICES = 50;
export const ADMINS = 20;
export const EXERCISES = 10;
export const SESSIONS_PER_CLIENT = 20;

/** 1,100,000 sessions, 55,000 clients, 1,000 coaches, 300,000 assignments, 2,000,000 logs, 50,000 notes. */
export const WHOLE: Shape = {
  name: 'whole',
  clients: 50_000,
  coaches: 510,
  otherClients: 5_000,
  otherCoaches: 10,
};

/** A tenth of each, so that a coach and a client have as much as they have in the whole. */
export const TENTH: Shape = {
  name: 'tenth',
  clients: 5_000,
  coaches: 51,
  otherClients: 500,
  otherCoaches: 1,
};

export const SHAPES = [WHOLE, TENTH];

/** The digit with which the ids of a table end. */
export const TABLE = {
  practice: 1,
  user: 2,
  client: 3,
  login: 4,
  session: 5,
  assignment: 6,
  log: 7,
  note: 8,
  consent: 9,
  exercise: 0,
} as const;

/** The practice that is large. */
export const LARGE = 1;

/** Users of one practice are admins, then coaches, then clients. */
export const COACHES_FROM = 1_000;
export const CLIENT_USERS_FROM = 100_000;

/** An id that says which row of which table of which practice it is; rising, as ours rise with time. */
export function idOf(table: keyof typeof TABLE, practice: number, row: number): string {
  const [place, at] = [practice.toString(16).padStart(3, '0'), row.toString(16).padStart(12, '0')];
  return `${at.slice(0, 8)}-${at.slice(8)}-7${place}-8000-00000000000${TABLE[table]}`;
}

/** The same in SQL, where practice and row are expressions. */
export const idSql = (table: keyof typeof TABLE, practice: string, row: string): string =>
  `(lpad(to_hex(${row}), 12, '0') || '7' || lpad(to_hex(${practice}), 3, '0') || '800000000000000${TABLE[table]}')::uuid`;
