// Compiles, unless what lies in dist/ was compiled from exactly these sources.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const stamp = join(root, 'dist', '.built-from');
/** What `scripts/bench.mjs` compiles itself, at each run. */
const bench = join(root, 'dist', 'bench');
const lock = join(root, '.building');
const SOURCES = [
  'src',
  'migrations',
  'tsconfig.json',
  'tsconfig.build.json',
  'nest-cli.json',
  'package-lock.json',
];

/** A few milliseconds where there is nothing to do; contents count, not times. */
export function build() {
  if (!existsSync(join(root, 'src'))) return; // An image holds what was compiled, and nothing to compile.
  if (isBuilt()) return;
  waitForOthers();
  try {
    if (!isBuilt()) compile();
  } finally {
    rmSync(lock, { force: true });
  }
}

const isBuilt = () => existsSync(stamp) && readFileSync(stamp, 'utf8') === state();

function compile() {
  process.stderr.write('Compiling…\n');
  // All of it: a source that is gone leaves nothing behind.
  rmSync(join(root, 'dist'), { recursive: true, force: true });
  const nest = join(root, 'node_modules', '@nestjs', 'cli', 'bin', 'nest.js');
  const { status } = spawnSync(process.execPath, [nest, 'build'], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status === 0) return writeFileSync(stamp, state());
  rmSync(lock, { force: true });
  process.exit(1);
}

/** One compiles at a time; a lock whose holder was killed counts for nothing. */
function waitForOthers() {
  for (;;) {
    try {
      return writeFileSync(lock, String(process.pid), { flag: 'wx' });
    } catch {
      if (!isAlive(lock)) rmSync(lock, { force: true });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
  }
}

function isAlive(file) {
  try {
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}

/** A hash over what is compiled and what came of it, so that a compiler run by hand is noticed too. */
function state() {
  const hash = createHash('sha256').update(process.version);
  for (const path of [...SOURCES, 'dist']) add(hash, path);
  return hash.digest('hex');
}

function add(hash, path) {
  const full = join(root, path);
  if (full === stamp || full === bench || path.endsWith('.tsbuildinfo')) return;
  let entries;
  try {
    entries = readdirSync(full).sort();
  } catch {
    hash.update(`\0${path}\0`).update(readFileSync(full));
    return;
  }
  for (const entry of entries) add(hash, join(path, entry));
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) build();
