import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { PACKAGE_ROOT } from '../common/package-root.js';

/**
 * The folder with all that the demo and development keep. Others may pass through it, for as root the
 * database runs as another user; what lies in it is closed to them.
 */
export function openDataDir(): string {
  const folder = resolve(process.env['DATA_DIR'] || join(PACKAGE_ROOT, '.data'));
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  return folder;
}

/** What a file of ours holds; nothing when it is not there. */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as unknown;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Writes a file that only its owner reads, whole or not at all. */
export function writeJson(file: string, content: unknown): void {
  renameSync(written(file, content), file);
}

/** The same, but where two write at once, or the file was there already, the first counts. */
export function writeJsonOnce(file: string, content: unknown): void {
  const fresh = written(file, content);
  try {
    linkSync(fresh, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(fresh);
  }
}

function written(file: string, content: unknown): string {
  const fresh = `${file}.${randomUUID()}`;
  writeFileSync(fresh, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  return fresh;
}
