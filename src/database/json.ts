/** SQL for an instant in JSON, as the API writes it (RFC 3339, in UTC, with milliseconds). */
export const instant = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** SQL for a JSON object, as text; a field that is null is left out, as in every view. */
export function object(fields: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(fields).map(([name, column]) => `'${name}', ${column}`);
  return `json_strip_nulls(json_build_object(${pairs.join(', ')}))::text`;
}
