import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PACKAGE_ROOT } from '../src/common/package-root.js';
import { perform } from '../src/config/begin.js';
import { readEnvironment } from '../src/config/environment.js';
import type { Lifetime } from '../src/config/lifetime.js';
import { Settings } from '../src/config/settings.js';
import { localSecrets, type LocalSecrets } from '../src/local/local-secrets.js';
import { Children } from './children.js';
import { openDataSet } from './data/data-set.js';
import { type Options, readOptions } from './options.js';
import { startCluster } from './postgres.js';
import { printResults } from './report.js';
import { comparison } from './comparison.js';
import { worldOf } from './world.js';

const say = (text: string): void => void process.stderr.write(`${text}\n`);

async function bench(life: Lifetime): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const folder = resolve(process.env['BENCH_DIR'] || join(PACKAGE_ROOT, '.data', 'bench'));
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const secrets = localSecrets(folder);
  const cluster = await startCluster(life, folder, secrets);
  const variables = (url: string) => variablesOf(folder, secrets, options, url);
  const settings = new Settings(readEnvironment(variables('postgresql://none')));
  const data = await openDataSet(cluster, options.shape, settings, say);
  const world = await worldOf(data);
  const children = new Children(life);
  const sides = {
    ours: await children.ours(variables(data.urls.serving)),
    bound: await children.bound(variables(data.urls.bound)),
    generator: children.generator(variables(data.urls.bound)),
  };
  const results = await comparison(options, world, sides, say);
  printResults(results);
}

/** What production would have to set. */
function variablesOf(folder: string, secrets: LocalSecrets, { poolSize }: Options, url: string) {
  return {
    DATABASE_URL: url,
    DATABASE_POOL_SIZE: String(poolSize),
    TOKEN_SECRET: secrets.tokenSecret,
    INSTALLATION_KEY: secrets.installationKey,
    PORTAL_URL: 'http://127.0.0.1',
    MAIL_URL: pathToFileURL(join(folder, 'mail')).href,
    MAIL_FROM: 'Ademruimte <praktijk@localhost>',
    FILES_DIR: join(folder, 'files'),
  };
}

// Told to stop, it leaves the measuring where it is: what was started ends with it.
void perform((life) => life.unlessEnded(bench(life)));
