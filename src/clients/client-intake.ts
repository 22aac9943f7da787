import { Injectable } from '@nestjs/common';
import type { FileCipher } from '../common/cipher/file-cipher.js';
import { given } from '../common/patch.js';
import type { Tx } from '../database/tx.js';
import type { ChangeClient, OpenFile, StressKind } from './client.dto.js';
import type { Client } from './client.entity.js';
import { ClientDetails } from './client-details.entity.js';
import { ClientKeys } from './client-keys.js';

/** What a client came with: their question and their stress. */
export interface Intake {
  readonly question?: string;
  readonly stressKind?: StressKind;
  readonly since?: string;
  readonly stressors: string[];
  readonly stressSignals: string[];
  readonly blockers: string[];
}

const FIELDS = ['question', 'stressKind', 'since', 'stressors', 'stressSignals', 'blockers'] as const;

/** The fields of an input that are about the client's question and stress, and not about who they are. */
export const intakeFields = (input: OpenFile | ChangeClient): string[] =>
  FIELDS.filter((field) => input[field] !== undefined);

/** Reads and writes what a client came with; for the file's coach. */
@Injectable()
export class ClientIntake {
  constructor(private readonly keys: ClientKeys) {}

  /** Writes the fields that the input has. @throws Problem 409 `consent-required` */
  async write(tx: Tx, client: Client, input: OpenFile | ChangeClient): Promise<void> {
    if (intakeFields(input).length === 0) return;
    client.expectConsent();
    const file = await this.keys.open(tx, client.id);
    const stands = await this.find(tx, client, 'for update');
    const version = (stands?.version ?? 0) + 1;
    const question = input.question === undefined ? stands && this.question(file, stands) : input.question;
    const { stressKind, since: stressSince, stressors, stressSignals, blockers } = input;
    const changes = {
      question: file.sealOptional(questionOf(client, version), question),
      ...given({ stressKind, stressSince, stressors, stressSignals, blockers }),
      version,
    };
    if (stands) await tx.manager.update(ClientDetails, keyOf(client), changes);
    else
      await tx.manager.insert(ClientDetails, {
        ...EMPTY,
        ...keyOf(client),
        coachId: client.coachId,
        ...changes,
      });
  }

  async read(tx: Tx, client: Client): Promise<Intake | undefined> {
    const details = await this.find(tx, client);
    if (!details) return undefined;
    const { stressKind, stressSince, stressors, stressSignals, blockers } = details;
    const question = details.question && this.question(await this.keys.open(tx, client.id), details);
    return {
      ...(question && { question }),
      ...(stressKind && { stressKind }),
      ...(stressSince && { since: stressSince }),
      stressors,
      stressSignals,
      blockers,
    };
  }

  private question(file: FileCipher, details: ClientDetails): string | undefined {
    return file.openOptional(questionOf({ id: details.clientId }, details.version), details.question);
  }

  private find(tx: Tx, client: Client, lock?: 'for update'): Promise<ClientDetails | null> {
    return tx.manager.findOne(ClientDetails, {
      where: keyOf(client),
      ...(lock && { lock: { mode: 'pessimistic_write' } }),
    });
  }
}

const EMPTY = { stressKind: null, stressSince: null, stressors: [], stressSignals: [], blockers: [] };
const keyOf = ({ practiceId, id }: Client) => ({ practiceId, clientId: id });
const questionOf = ({ id }: { id: string }, version: number) => ({
  column: 'client_details.question',
  row: id,
  version,
});
