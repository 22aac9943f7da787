import { Injectable } from '@nestjs/common';
import { ClientKeys } from '../clients/client-keys.js';
import type { FileCipher, Place } from '../common/cipher/file-cipher.js';
import { InstallationKey } from '../common/cipher/installation-key.js';
import type { Person } from '../common/actor.js';
import { Clock } from '../common/clock.js';
import { newId } from '../common/id.js';
import type { JsonText } from '../common/json-text.js';
import type { Tx } from '../database/tx.js';
import type { Session } from './session.entity.js';
import type { SessionSummary, SessionView } from './session.dto.js';
import type { ListedSession, SessionRow } from './session.queries.js';
import { SessionDetails } from './session-details.entity.js';
import { type ReasonedChange, SessionReason } from './session-reason.entity.js';

/** Seals and opens the texts of sessions; for the file's coach, and the location for the client too. */
@Injectable()
export class SessionTexts {
  constructor(
    private readonly keys: ClientKeys,
    private readonly installationKey: InstallationKey,
    private readonly clock: Clock,
  ) {}

  /** Where a new session is, as a row to insert. */
  async sealLocation(tx: Tx, session: Session, location: string): Promise<SessionDetails> {
    const file = await this.keys.open(tx, session.clientId);
    const sealed = file.seal(locationOf(session.id, 1), location);
    return { ...keyOf(session), ...fileOf(session), location: sealed, version: 1 };
  }

  /** Writes where a session is; `null` takes that away. */
  async writeLocation(tx: Tx, session: Session, location: string | null): Promise<void> {
    const stands = await tx.manager.findOneBy(SessionDetails, keyOf(session));
    if (!stands) {
      if (location === null) return;
      await tx.manager.insert(SessionDetails, await this.sealLocation(tx, session, location));
      return;
    }
    const version = stands.version + 1;
    const file = await this.keys.open(tx, session.clientId);
    const sealed = file.sealOptional(locationOf(session.id, version), location);
    await tx.manager.update(SessionDetails, keyOf(session), { location: sealed, version });
  }

  async addReason(
    tx: Tx,
    session: Session,
    change: ReasonedChange,
    text: string,
    { userId }: Person,
  ): Promise<void> {
    const givenAt = this.clock.now();
    const id = newId(givenAt);
    const file = await this.keys.open(tx, session.clientId);
    await tx.manager.insert(SessionReason, {
      practiceId: session.practiceId,
      id,
      sessionId: session.id,
      ...fileOf(session),
      change,
      reason: file.seal(reasonOf(id), text),
      givenBy: userId,
      givenAt,
    });
  }

  /** A session as its reader sees it: with where it is and the newest reason, where its row brought them along. */
  viewOf(practiceId: string, row: SessionRow): SessionView {
    const { location, version, reasonId, change, reason, givenAt, wrappedKey } = row;
    const file = wrappedKey && this.installationKey.unwrap(practiceId, row.clientId, wrappedKey);
    return {
      ...row.summary.read(),
      ...(file && location && { location: openLocation(file, row.id, location, version!) }),
      ...(file &&
        reasonId && {
          reason: {
            change,
            text: file.open(reasonOf(reasonId), reason),
            givenAt: givenAt.toISOString(),
          },
        }),
    };
  }

  /** A session of a list, with where it is. */
  summaryOf(practiceId: string, row: ListedSession): JsonText<SessionSummary> {
    const { id, clientId, summary, location, version, wrappedKey } = row;
    if (!location || !wrappedKey) return summary;
    const file = this.installationKey.unwrap(practiceId, clientId, wrappedKey);
    return summary.with({ location: openLocation(file, id, location, version!) });
  }
}

/** Opens the location of a session for whoever holds the cipher of its file. */
export const openLocation = (file: FileCipher, sessionId: string, sealed: Buffer, version: number): string =>
  file.open(locationOf(sessionId, version), sealed);

const keyOf = ({ practiceId, id }: Session) => ({ practiceId, sessionId: id });
const fileOf = ({ clientId, coachId }: Session) => ({ clientId, coachId });

/** Where the location of a session is sealed for. */
export const locationOf = (sessionId: string, version: number): Place => ({
  column: 'session_details.location',
  row: sessionId,
  version,
});

/** A reason is written once. */
const reasonOf = (id: string): Place => ({ column: 'session_reasons.reason', row: id, version: 1 });
