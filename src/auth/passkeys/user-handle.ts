/** Whose a passkey is, as the authenticator gives it back: practice and user, 16 bytes each, base64url. */
export interface UserHandle {
  readonly practiceId: string;
  readonly userId: string;
}

const BYTES = 32;

export function userHandle({ practiceId, userId }: UserHandle): string {
  return Buffer.from(`${practiceId}${userId}`.replaceAll('-', ''), 'hex').toString('base64url');
}

export function parseUserHandle(text: string | undefined): UserHandle | undefined {
  const bytes = Buffer.from(text ?? '', 'base64url');
  if (bytes.length !== BYTES) return undefined;
  return { practiceId: uuid(bytes.subarray(0, 16)), userId: uuid(bytes.subarray(16)) };
}

const uuid = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
