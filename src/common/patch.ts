/** The fields of a merge patch that were sent (RFC 7396): what is absent is left as it stands, `null` stays and clears. */
export function given<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
