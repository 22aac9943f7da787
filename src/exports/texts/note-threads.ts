import { setImmediate as soon } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { KEY_BYTES } from '../../common/cipher/cipher.js';
import { InstallationKey } from '../../common/cipher/installation-key.js';
import type { Ask } from '../../database/streams.js';
import type { Selection } from '../records/copy-statement.js';
import { OpenedNotes } from './opened-notes.js';
import { keysStatement } from './sealed-notes.js';
import type { LineForm, TextSetup } from './text-task.js';

/** So many keys are unwrapped before others get a turn. */
const KEYS_A_TURN = 200;

interface StoredKey {
  readonly clientId: string;
  readonly wrapped: Buffer;
}

/** Threads that open the texts of notes on their way into a file. */
@Injectable()
export class NoteThreads {
  /** How Node is to be started in a thread; nothing but a test or a bench, which run from sources, needs more. */
  readonly execArgv: readonly string[] | undefined = undefined;

  constructor(private readonly installationKey: InstallationKey) {}

  /** What a thread needs to open the notes of these clients, in the transaction of the copy. */
  async setUp(ask: Ask, selection: Selection, clientIds: readonly string[]): Promise<TextSetup> {
    const stored = clientIds.length > 0 ? await ask<StoredKey>(keysStatement(selection, clientIds)) : [];
    const keys = new ArrayBuffer(stored.length * KEY_BYTES);
    const held = Buffer.from(keys);
    for (const [i, { clientId, wrapped }] of stored.entries()) {
      const key = this.installationKey.unwrapKey(selection.practiceId, clientId, wrapped);
      key.copy(held, i * KEY_BYTES);
      key.fill(0);
      if (i % KEYS_A_TURN === 0) await soon();
    }
    const { practiceId } = selection;
    return { practiceId, line: formOf(selection), clientIds: stored.map(({ clientId }) => clientId), keys };
  }

  start(setup: TextSetup): OpenedNotes {
    return new OpenedNotes(setup, this.execArgv);
  }
}

function formOf({ records, format, dialect }: Selection): LineForm {
  if (records === 'dossier') return { form: 'json' };
  if (format === 'csv') return { form: 'csv', delimiter: dialect === 'excel-nl' ? ';' : ',' };
  return { form: format === 'xlsx' || format === 'pdf' ? 'row' : 'json' };
}
