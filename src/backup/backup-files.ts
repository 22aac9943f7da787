import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { OpeningChunks, SealingChunks } from '../common/cipher/chunk-cipher.js';
import { CannotOpen } from '../common/cipher/cipher.js';
import { BackupNotWritten, BackupUnreadable } from './backup.errors.js';
import { cipherOf, type FileHeader, fileName, type Part, PARTS, type Piece } from './backup-file.js';
import { readPieces, written } from './pieces.js';

const MAGIC = 'ADEMRUIMTE BACKUP\n';
const LONGEST_HEAD = 4096;
const DAY_MS = 86_400_000;

/** Where a file ended up, and how big it is. */
export interface WrittenFile {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Writes a file that only its owner reads; under its name it is whole, and on the disk.
 * @throws BackupNotWritten
 */
export async function writeBackupFile(
  folder: string,
  header: FileHeader,
  backupKey: Buffer,
  pieces: AsyncIterable<Piece>,
): Promise<WrittenFile> {
  const path = join(folder, fileName(header));
  const partial = `${path}.partial`;
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await write(partial, header, backupKey, pieces);
    await rename(partial, path);
    await syncFolder(dirname(path));
    return { path, bytes: (await stat(path)).size };
  } catch (error) {
    await rm(partial, { force: true }).catch(() => undefined);
    throw isOfTheDisk(error) ? new BackupNotWritten(error) : error;
  }
}

async function write(
  path: string,
  header: FileHeader,
  backupKey: Buffer,
  pieces: AsyncIterable<Piece>,
): Promise<void> {
  const head = headOf(header);
  const out = createWriteStream(path, { mode: 0o600, flags: 'wx', flush: true });
  out.write(head);
  await pipeline(
    Readable.from(bytesOf(pieces), { objectMode: false }),
    createGzip({ level: 4 }),
    new SealingChunks(cipherOf(backupKey, header, head)),
    out,
  );
}

/** Errors of files name what was tried (`open`, `write`, …); those of the database do not. */
const isOfTheDisk = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'syscall' in error && 'code' in error && !('address' in error);

async function* bytesOf(pieces: AsyncIterable<Piece>): AsyncGenerator<Buffer> {
  for await (const piece of pieces) yield written(piece);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder);
  await handle.sync().finally(() => handle.close());
}

/** @throws BackupUnreadable */
export async function readHeader(path: string, part: Part): Promise<FileHeader> {
  const { header } = await readHead(path);
  if (header.part !== part) throw new BackupUnreadable(`it holds ${header.part}, not ${part}.`, path);
  return header;
}

/**
 * The pieces of a file; what is told has been authenticated.
 * @throws BackupUnreadable
 */
export async function* readBackupFile(path: string, backupKey: Buffer): AsyncGenerator<Piece> {
  const { header, head } = await readHead(path);
  const source = createReadStream(path, { start: head.length });
  const opened = source.pipe(new OpeningChunks(cipherOf(backupKey, header, head)));
  const plain = opened.pipe(createGunzip());
  source.on('error', (error) => plain.destroy(error));
  opened.on('error', (error) => plain.destroy(error instanceof CannotOpen ? altered(path) : error));
  try {
    yield* readPieces(plain);
  } finally {
    for (const stream of [source, opened, plain]) stream.destroy();
  }
}

const altered = (path: string): BackupUnreadable =>
  new BackupUnreadable('it was altered or cut off, or BACKUP_KEY is not the one it was made with.', path);

async function readHead(path: string): Promise<{ header: FileHeader; head: Buffer }> {
  const handle = await open(path).catch((error: unknown) => {
    throw new BackupUnreadable((error as Error).message, path);
  });
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(LONGEST_HEAD), 0, LONGEST_HEAD, 0);
    const start = buffer.toString('utf8', 0, bytesRead);
    const end = start.indexOf('\n', MAGIC.length);
    if (!start.startsWith(MAGIC) || end === -1) throw new BackupUnreadable('it is no backup of ours.', path);
    const header = headerIn(start.slice(MAGIC.length, end), path);
    return { header, head: headOf(header) };
  } finally {
    await handle.close();
  }
}

function headerIn(line: string, path: string): FileHeader {
  try {
    const header = JSON.parse(line) as Record<keyof FileHeader, unknown>;
    if (header.format === 1 && PARTS.some((part) => part === header.part)) return header as FileHeader;
  } catch {
    // Said below.
  }
  throw new BackupUnreadable('it is no backup of ours.', path);
}

/** As it stands in the file; what reads it differently opens nothing. */
const headOf = ({ format, backupId, part, madeAt, salt }: FileHeader): Buffer =>
  Buffer.from(`${MAGIC}${JSON.stringify({ format, backupId, part, madeAt, salt })}\n`);

/** A backup that was killed leaves a file that never got its name. */
export async function dropPartials(folder: string, now: Date): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!/^ademruimte-.*\.partial$/.test(name)) continue;
    const path = join(folder, name);
    if (now.getTime() - (await stat(path)).mtimeMs > DAY_MS) await rm(path);
  }
}

/**
 * Nothing of the key store lives longer than this: a client whose key was destroyed is then gone from every backup.
 * @returns the files that went
 */
export async function dropOldKeyFiles(folder: string, days: number, now: Date): Promise<string[]> {
  const dropped: string[] = [];
  for (const name of await readdir(folder)) {
    if (!/^ademruimte-.*\.keys$/.test(name)) continue;
    const path = join(folder, name);
    const { madeAt } = await readHeader(path, 'keys');
    if (now.getTime() - Date.parse(madeAt) <= days * DAY_MS) continue;
    await rm(path);
    dropped.push(path);
  }
  return dropped;
}
