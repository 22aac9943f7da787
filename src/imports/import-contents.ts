import { Injectable } from '@nestjs/common';
import {
  CHUNK_BYTES,
  ChunkCipher,
  chunksIn,
  openChunks,
  type ReadSealed,
} from '../common/cipher/chunk-cipher.js';
import { InstallationKey } from '../common/cipher/installation-key.js';
import type { Tx } from '../database/tx.js';
import type { Import } from './import.entity.js';

/**
 * The files that wait to be brought in, each sealed with a key of its own beside its import. Whoever brings one cannot take it
 * out again: only the task that imports reads it, and with the key that goes, so does the file.
 */
@Injectable()
export class ImportContents {
  constructor(private readonly installationKey: InstallationKey) {}

  async keep(tx: Tx, brought: Import, content: Buffer): Promise<void> {
    const { practiceId, id } = brought;
    const fileKey = this.installationKey.wrapNewFileKey(practiceId, id);
    await tx.query(
      'insert into import_contents (practice_id, import_id, file_key, content) values ($1, $2, $3, $4)',
      [practiceId, id, fileKey, sealed(this.cipherOf(brought, fileKey), content)],
    );
  }

  /**
   * Nothing where it is gone.
   * @throws CannotOpen where it is not what was kept
   */
  async open(tx: Tx, brought: Import): Promise<Buffer | undefined> {
    const [kept] = await tx.query<{ fileKey: Buffer; content: Buffer }>(
      'select file_key as "fileKey", content from import_contents where practice_id = $1 and import_id = $2',
      [brought.practiceId, brought.id],
    );
    if (!kept) return undefined;
    const read: ReadSealed = (from, length) => Promise.resolve(kept.content.subarray(from, from + length));
    const whole = { from: 0, until: brought.bytes };
    const parts: Buffer[] = [];
    for await (const part of openChunks(this.cipherOf(brought, kept.fileKey), read, brought.bytes, whole)) {
      parts.push(part);
    }
    return Buffer.concat(parts);
  }

  async remove(tx: Tx, { practiceId, id }: Import): Promise<void> {
    await tx.query('delete from import_contents where practice_id = $1 and import_id = $2', [practiceId, id]);
  }

  private cipherOf({ practiceId, id }: Import, fileKey: Buffer): ChunkCipher {
    const key = this.installationKey.unwrapFileKey(practiceId, id, fileKey);
    return new ChunkCipher(key, ['imports', practiceId, id].join('/'));
  }
}

function sealed(cipher: ChunkCipher, content: Buffer): Buffer {
  const last = chunksIn(content.length) - 1;
  const chunks = Array.from({ length: last + 1 }, (_, number) => {
    const plain = content.subarray(number * CHUNK_BYTES, (number + 1) * CHUNK_BYTES);
    return cipher.seal(plain, number, number === last);
  });
  return Buffer.concat(chunks);
}
