/** What a field of a JSON object holds: SQL of any type, or an object of its own. */
type Field = string | Fields;
/** The fields of a JSON object in SQL; the first of them is never null. */
export interface Fields {
  readonly [name: string]: Field;
}

/** SQL for an instant in JSON, as the API writes it (RFC 3339, in UTC, with milliseconds). */
export const instant = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * SQL for a JSON object, as text; a field that is null is left out, as in every view. Put together by hand, which
 * costs Postgres half of what `json_build_object` and `json_strip_nulls` do.
 */
export function object(fields: Fields): string {
  const parts = Object.entries(fields).map(
    ([name, field], i) => `'${i === 0 ? '{' : ','}"${name}":' || ${valueOf(field)}`,
  );
  return `concat(${parts.join(', ')}, '}')`;
}

const valueOf = (field: Field): string =>
  typeof field === 'string' ? `to_json(${field})::text` : object(field);
