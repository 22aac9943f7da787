import type { AddedPasskeyView, PasskeyView } from './passkey.dto.js';
import type { Passkey } from './passkey.entity.js';
import type { AddedPasskey } from './passkeys.service.js';

export function passkeyView({ id, name, isSynced, createdAt, lastUsedAt }: Passkey): PasskeyView {
  return {
    id,
    name,
    synced: isSynced,
    createdAt: createdAt.toISOString(),
    ...(lastUsedAt && { lastUsedAt: lastUsedAt.toISOString() }),
  };
}

export const addedPasskeyView = ({ passkey, recoveryCodes }: AddedPasskey): AddedPasskeyView => ({
  ...passkeyView(passkey),
  ...(recoveryCodes && { recoveryCodes: [...recoveryCodes] }),
});
