type Json = unknown;

/**
 * Says in OpenAPI 3.1 what the controllers mean: `nullable` becomes a type, an object has no other fields
 * than the ones it names, and every text and list has an end.
 */
export function strict<T>(value: T): T {
  return walk(value) as T;
}

/** No text that this API takes or gives is longer. */
const LONGEST_TEXT = 20_000;

function walk(value: Json): Json {
  if (Array.isArray(value)) return value.map(walk);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(
    ([key, inner]) => [key, key === 'example' ? inner : walk(inner)] as const,
  );
  return tightened(Object.fromEntries(entries));
}

function tightened({ nullable, ...schema }: Record<string, Json>): Json {
  if (schema['type'] === 'object' && schema['properties'] && schema['additionalProperties'] === undefined) {
    schema['additionalProperties'] = false;
  }
  if (schema['type'] === 'string' && !('maxLength' in schema) && !('enum' in schema)) {
    schema['maxLength'] = LONGEST_TEXT;
  }
  return nullable ? orNull(schema) : schema;
}

function orNull(schema: Record<string, Json>): Json {
  if (typeof schema['type'] !== 'string') return { anyOf: [schema, { type: 'null' }] };
  const { enum: codes } = schema as { enum?: Json[] };
  return { ...schema, type: [schema['type'], 'null'], ...(codes && { enum: [...codes, null] }) };
}
