import { hkdfSync, randomBytes, randomUUID } from 'node:crypto';
import { ChunkCipher } from '../common/cipher/chunk-cipher.js';

/** What a backup is in two files of: the data, and the keys that open the texts in them. */
export const PARTS = ['data', 'keys'] as const;
export type Part = (typeof PARTS)[number];

/** The head of a file, readable without the key and sealed along with all that follows. */
export interface FileHeader {
  readonly format: 1;
  /** The same in both files of one backup. */
  readonly backupId: string;
  readonly part: Part;
  readonly madeAt: string;
  /** From which, with the key of the settings, the key of this file is derived. */
  readonly salt: string;
}

/** A table, and which of its columns in which order. */
export interface StoredTable {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly string[];
  /** SQL for the order of its rows, the same on every installation. */
  readonly order: string;
}

export interface TableSum {
  readonly rows: number;
  /** SHA-256 of the rows as `COPY` writes them, in the order of the primary key. */
  readonly sha256: string;
}

/** What stands at the beginning of the data. */
export interface Manifest {
  readonly migrations: readonly string[];
  /** The first transaction that is not in it: the log is sealed in the order of transactions. */
  readonly nextTransaction: string;
}

/** Piece by piece, what a file holds. */
export type Piece =
  | { readonly kind: 'manifest'; readonly manifest: Manifest }
  | { readonly kind: 'table'; readonly table: StoredTable }
  | { readonly kind: 'rows'; readonly bytes: Buffer }
  | { readonly kind: 'sum'; readonly sum: TableSum }
  | { readonly kind: 'end' };

export const newHeader = (backupId: string, part: Part, madeAt: Date): FileHeader => ({
  format: 1,
  backupId,
  part,
  madeAt: madeAt.toISOString(),
  salt: randomBytes(32).toString('base64url'),
});

/**
 * Seals one file of a backup, and no other: data and key store of one backup have different keys.
 * @param backupKey 32 bytes
 * @param head the beginning of the file as it stands in it; what reads it differently opens nothing
 */
export function cipherOf(backupKey: Buffer, { salt, part }: FileHeader, head: Buffer): ChunkCipher {
  const use = `ademruimte backup ${part}`;
  const key = Buffer.from(hkdfSync('sha256', backupKey, Buffer.from(salt, 'base64url'), use, 32));
  return new ChunkCipher(key, head);
}

export const newBackupId = (): string => randomUUID();

/** `ademruimte-20261123T163000Z.data` */
export const fileName = ({ madeAt, part }: FileHeader): string =>
  `ademruimte-${madeAt.replace(/\.\d+|[-:]/g, '')}.${part}`;

export const tableName = ({ schema, name }: Pick<StoredTable, 'schema' | 'name'>): string =>
  schema === 'public' ? name : `${schema}.${name}`;
