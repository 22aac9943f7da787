/** A part of `pg` that is exported and has no types. */
declare module 'pg/lib/utils' {
  /** A value as Postgres takes it: text, bytes or nothing. @throws for what refers to itself */
  export function prepareValue(value: unknown): string | Buffer | null;
}
