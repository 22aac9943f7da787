import { createHash } from 'node:crypto';

/** A note as somebody put their name to it. */
export interface SignedNote {
  readonly practiceId: string;
  readonly clientId: string;
  readonly id: string;
  readonly sessionId: string | null;
  readonly textVersion: number;
  readonly authorId: string;
  readonly signedBy: string | null;
  readonly signedAt: Date | null;
}

/** An addendum as somebody put their name to it. */
export interface SignedAddendum {
  readonly practiceId: string;
  readonly clientId: string;
  readonly noteId: string;
  readonly id: string;
  readonly signedBy: string;
  readonly signedAt: Date;
}

/** What a signature covers: the text, and whose it is, about what, by whom and when. */
export function hashOfNote(note: SignedNote, body: string): string {
  const { practiceId, clientId, id, sessionId, textVersion, authorId, signedBy, signedAt } = note;
  return sha256([
    'note',
    practiceId,
    clientId,
    id,
    sessionId,
    textVersion,
    authorId,
    signedBy,
    signedAt?.toISOString(),
    body,
  ]);
}

export function hashOfAddendum(addendum: SignedAddendum, body: string): string {
  const { practiceId, clientId, noteId, id, signedBy, signedAt } = addendum;
  return sha256(['addendum', practiceId, clientId, noteId, id, signedBy, signedAt.toISOString(), body]);
}

/** Over UTF-8 JSON of an array, so that where one part ends is never in doubt. */
const sha256 = (parts: readonly unknown[]): string =>
  createHash('sha256').update(JSON.stringify(parts)).digest('hex');
