import { Injectable } from '@nestjs/common';
import { ClientKeys } from '../../clients/client-keys.js';
import { InstallationKey } from '../../common/cipher/installation-key.js';
import type { Tx } from '../../database/tx.js';
import type { Assignment } from './assignment.entity.js';
import type { AssignmentRow } from './assignment.queries.js';
import { AssignmentMessage } from './assignment-message.entity.js';

/** The coach's words with an assignment, sealed with the client's key. */
@Injectable()
export class AssignmentMessages {
  constructor(
    private readonly keys: ClientKeys,
    private readonly installationKey: InstallationKey,
  ) {}

  /**
   * Writes the words; `null` takes them back, `undefined` leaves them.
   * @param version of the assignment after this write
   */
  async write(
    tx: Tx,
    { practiceId, clientId, coachId, id }: Assignment,
    text: string | null | undefined,
    version: number,
  ): Promise<void> {
    if (text === undefined) return;
    const key = { practiceId, assignmentId: id };
    await tx.manager.delete(AssignmentMessage, key);
    if (text === null) return;
    const file = await this.keys.open(tx, clientId);
    const message = file.seal(placeOf(id, version), text);
    await tx.manager.insert(AssignmentMessage, { ...key, clientId, coachId, message, version });
  }

  /** The words that came with an assignment's row. */
  open(
    practiceId: string,
    { id, clientId, message, messageVersion, wrappedKey }: AssignmentRow<unknown>,
  ): string | undefined {
    if (!message || !wrappedKey) return undefined;
    return this.installationKey
      .unwrap(practiceId, clientId, wrappedKey)
      .open(placeOf(id, messageVersion!), message);
  }
}

/** Where the words of an assignment belong. */
export const placeOf = (assignmentId: string, version: number) => ({
  column: 'assignment_messages.message',
  row: assignmentId,
  version,
});
