import { dataHeld } from '../clients/held-data.js';
import type { Tx } from '../database/tx.js';

/** Somebody who works here, as far as an import has to know. */
export interface Colleague {
  readonly id: string;
  readonly email: string;
  /** Whether new work can be theirs. */
  readonly isHere: boolean;
}

/** Everybody who is, or was, a coach of this practice. */
export function coachesHere(tx: Tx): Promise<Colleague[]> {
  return tx.query(
    `select id, email, disabled_at is null as "isHere" from users where practice_id = $1 and 'coach' = any (roles)`,
    [tx.practiceId],
  );
}

/** A file as an import recognises it. */
export interface ClientOnFile {
  readonly id: string;
  readonly coachId: string;
  readonly name: string;
  readonly email: string | null;
  readonly phone: string | null;
  readonly consentId: string | null;
  readonly isClosed: boolean;
  readonly isErased: boolean;
  /** Whether the client asked that their data be left alone. */
  readonly isHeld: boolean;
}

/** Whoever may be meant by one of these. */
export function clientsHere(
  tx: Tx,
  asked: {
    readonly ids: readonly string[];
    readonly emails: readonly string[];
    readonly phones: readonly string[];
  },
): Promise<ClientOnFile[]> {
  return tx.query(
    `select id, coach_id as "coachId", name, email, phone, consent_id as "consentId", status = 'closed' as "isClosed",
            erased_at is not null as "isErased", ${dataHeld('clients.practice_id', 'clients.id')} as "isHeld"
       from clients
      where practice_id = $1 and (id = any ($2::uuid[]) or email = any ($3) or phone = any ($4))`,
    [tx.practiceId, asked.ids, asked.emails, asked.phones],
  );
}

/** The versions of the consent text that this practice has. */
export async function consentTextVersions(tx: Tx): Promise<number[]> {
  const rows = await tx.query<{ version: number }>(
    'select version from consent_texts where practice_id = $1 order by version',
    [tx.practiceId],
  );
  return rows.map(({ version }) => version);
}

/** A session as an import recognises it, and as it keeps others from its time. */
export interface SessionOnFile {
  readonly id: string;
  readonly clientId: string;
  readonly givenBy: string;
  readonly status: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** The sessions of these clients, those with these ids, and whatever these coaches have planned. */
export function sessionsHere(
  tx: Tx,
  asked: {
    readonly ids: readonly string[];
    readonly clientIds: readonly string[];
    readonly coachIds: readonly string[];
  },
): Promise<SessionOnFile[]> {
  return tx.query(
    `select id, client_id as "clientId", given_by as "givenBy", status, starts_at as "startsAt", ends_at as "endsAt"
       from sessions
      where practice_id = $1
        and (id = any ($2::uuid[]) or client_id = any ($3::uuid[]) or (status = 'planned' and given_by = any ($4::uuid[])))`,
    [tx.practiceId, asked.ids, asked.clientIds, asked.coachIds],
  );
}

export interface NoteOnFile {
  readonly id: string;
  readonly clientId: string;
  readonly authorId: string;
  readonly createdAt: Date;
}

/** The notes of these clients, and those with these ids. */
export function notesHere(
  tx: Tx,
  ids: readonly string[],
  clientIds: readonly string[],
): Promise<NoteOnFile[]> {
  return tx.query(
    `select id, client_id as "clientId", author_id as "authorId", created_at as "createdAt"
       from notes where practice_id = $1 and (id = any ($2::uuid[]) or client_id = any ($3::uuid[]))`,
    [tx.practiceId, ids, clientIds],
  );
}
