import type { KeyView, MadeKeyView } from './script-key.dto.js';
import type { StandingKey } from './script-key.queries.js';
import type { MadeKey } from './script-keys.js';

export function keyView({ id, name, scopes, createdAt, expiresAt, lastUsedAt }: StandingKey): KeyView {
  return {
    id,
    name,
    scopes: [...scopes],
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    ...(lastUsedAt && { lastUsedAt: lastUsedAt.toISOString() }),
  };
}

/** With its secret, this once. */
export function madeKeyView(key: MadeKey): MadeKeyView {
  return { ...keyView(key), ...(key.secret && { key: key.secret }) };
}
