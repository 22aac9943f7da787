import { Injectable } from '@nestjs/common';
import { ClientKeys } from '../clients/client-keys.js';
import type { Place } from '../common/cipher/file-cipher.js';
import type { Tx } from '../database/tx.js';
import type { DataRequest } from './data-request.entity.js';
import type { RequestWords } from './data-request.view.js';

type WordsColumn = 'details' | 'extension_reason' | 'answer';

/** What is said in a request, sealed with the key of the client whom it is about. Each is written once. */
@Injectable()
export class RequestWordsCipher {
  constructor(private readonly keys: ClientKeys) {}

  async seal(
    tx: Tx,
    { id, clientId }: Pick<DataRequest, 'id' | 'clientId'>,
    column: WordsColumn,
    words: string | undefined,
  ): Promise<Buffer | null> {
    if (words === undefined) return null;
    return (await this.keys.open(tx, clientId)).seal(placeOf(column, id), words);
  }

  async open(tx: Tx, request: DataRequest): Promise<RequestWords> {
    const { id, clientId, details, extensionReason, answer } = request;
    const sealed = { details, extension_reason: extensionReason, answer };
    if (Object.values(sealed).every((words) => words === null)) return {};
    const file = await this.keys.open(tx, clientId);
    const opened = (column: WordsColumn) => file.openOptional(placeOf(column, id), sealed[column]);
    const [asked, longer, told] = [opened('details'), opened('extension_reason'), opened('answer')];
    return {
      ...(asked !== undefined && { details: asked }),
      ...(longer !== undefined && { extensionReason: longer }),
      ...(told !== undefined && { answer: told }),
    };
  }
}

const placeOf = (column: WordsColumn, row: string): Place => ({
  column: `data_requests.${column}`,
  row,
  version: 1,
});
