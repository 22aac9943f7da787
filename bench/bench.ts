import { mkdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PACKAGE_ROOT } from '../src/common/package-root.js';
import { perform } from '../src/config/begin.js';
import { readEnvironment } from '../src/config/environment.js';
import type { Lifetime } from '../src/config/lifetime.js';
import { Settings } from '../src/config/settings.js';
import { writeJson } from '../src/local/data-dir.js';
import { localSecrets } from '../src/local/local-secrets.js';
import { Children, type Server } from './children.js';
import { comparison } from './comparison.js';
import { countedOf } from './counting.js';
import { type DataSet, openDataSet } from './data/data-set.js';
import { type Shape, TENTH, WHOLE } from './data/shape.js';
import { madeFiles } from './export-files.js';
import { longFile } from './long-file.js';
import { type Grown, growthOf, type Side } from './growth.js';
import { numbersOfRound } from './numbers.js';
import { type Options, readOptions } from './options.js';
import { startCluster } from './postgres.js';
import { print, writeInto } from './report.js';
import { goalsOf, goalsOfExports, machine, type Results } from './results.js';
import { expectSameAnswers } from './same-answers.js';
import { streamed } from './stream.js';

import { worldOf } from './world.js';

const say = (text: string): void => void process.stderr.write(`${text}\n`);

/** One run, from the data set to the tables. */
class Run {
  private readonly children: Children;

  private constructor(
    life: Lifetime,
    private readonly options: Options,
    private readonly folder: string,
    private readonly variables: (url: string) => Record<string, string>,
    private readonly settings: Settings,
    private readonly open: (shape: Shape) => Promise<DataSet>,
    private readonly postgresPort: number,
  ) {
    this.children = new Children(life);
  }

  static async begin(life: Lifetime): Promise<Run> {
    const options = readOptions(process.argv.slice(2));
    const folder = resolve(process.env['BENCH_DIR'] || join(PACKAGE_ROOT, '.data', 'bench'));
    mkdirSync(folder, { recursive: true, mode: 0o711 });
    const secrets = localSecrets(folder);
    const cluster = await startCluster(life, folder, secrets);
    // What production would have to set.
    const variables = (url: string) => ({
      DATABASE_URL: url,
      DATABASE_POOL_SIZE: String(options.poolSize),
      TOKEN_SECRET: secrets.tokenSecret,
      INSTALLATION_KEY: secrets.installationKey,
      PORTAL_URL: 'http://127.0.0.1',
      MAIL_URL: pathToFileURL(join(folder, 'mail')).href,
      MAIL_FROM: 'Ademruimte <praktijk@localhost>',
      FILES_DIR: join(folder, 'files'),
      ERASURE_LEDGER_FILE: join(folder, 'erasures.txt'),
      // A few hundred people ask what a thousand would.
      REQUESTS_PER_MINUTE: '10000000',
    });
    const settings = new Settings(readEnvironment(variables('postgresql://none')));
    const open = (shape: Shape) => openDataSet(cluster, shape, settings, say);
    return new Run(life, options, folder, variables, settings, open, cluster.port);
  }

  async measure(): Promise<void> {
    const { options, children, settings, variables } = this;
    const load = loadavg()[0]!;
    const data = await this.open(options.shape);
    const world = await worldOf(data);
    const ours = await children.ours(variables(data.urls.serving), this.profiling());
    const unwitnessed = await children.unwitnessed(variables(data.urls.serving));
    const bound = await children.bound(variables(data.urls.bound));
    const generator = children.generator(variables(data.urls.bound));
    const { operations } = options;
    const sides = { ours, unwitnessed, bound, generator, postgres: join(this.folder, 'postgres', 'cluster') };
    await expectSameAnswers(operations, { world, settings, from: numbersOfRound() }, [ours.port, bound.port]);
    if (options.profile) {
      await comparison({ ...options, rounds: 1, onlyOurs: true }, world, sides, say);
      await children.end(ours);
      say(`The profile is in ${join(this.folder, 'profiles')}.`);
      return;
    }
    const compared = await comparison(options, world, sides, say);
    const { rounds, shape } = options;
    const stream = options.withStream
      ? await streamed(
          { rounds: Math.min(rounds, 3), shape, settings, url: data.urls.bound },
          { ours, bound },
        )
      : undefined;
    await Promise.all([children.end(bound), children.end(unwitnessed)]);
    const files = options.withExports
      ? await madeFiles({ shape, settings }, ours, () => this.worker(data.urls.serving))
      : undefined;
    const long = options.withLongFile ? await longFile(data, settings, ours) : undefined;
    const growth = options.withGrowth ? await this.growth({ server: ours, world }) : undefined;
    await children.end(ours);
    const counts = await this.counts(data, world);
    const { connections, poolSize, seconds } = options;
    const results: Results = {
      at: new Date().toISOString(),
      machine: machine(),
      load,
      shape,
      connections,
      poolSize,
      rounds,
      seconds,
      operations: compared.map(({ operation: { name, title }, ways }) => ({
        name,
        title,
        ways,
        ours: counts.ours.get(name),
        bound: counts.bound.get(name),
      })),
      ...(stream && { stream }),
      ...(files && { files }),
      ...(long && { long }),
      ...(growth && { growth }),
      goals: [...goalsOf(compared, growth), ...goalsOfExports(stream, files)],
    };
    const file = join(this.folder, 'results.json');
    writeJson(file, results);
    print(results);
    if (options.writes) writeInto(join(PACKAGE_ROOT, 'docs', 'performance.md'), results);
    say(`\nAll of it is in ${file}.`);
  }

  private worker(url: string): { worker: Server; end: () => Promise<void> } {
    const worker = this.children.worker(this.variables(url));
    return { worker, end: () => this.children.end(worker) };
  }

  private profiling(): string[] {
    return this.options.profile ? ['--cpu-prof', '--cpu-prof-dir', join(this.folder, 'profiles')] : [];
  }

  /** The data set of the other size, with a server of its own, beside this one. */
  private async growth(here: Side): Promise<readonly Grown[]> {
    say('growth…');
    const isWhole = this.options.shape === WHOLE;
    const data = await this.open(isWhole ? TENTH : WHOLE);
    const there = {
      server: await this.children.ours(this.variables(data.urls.serving)),
      world: await worldOf(data),
    };
    const generator = this.children.generator(this.variables(data.urls.bound));
    const sides = isWhole ? { tenth: there, whole: here } : { tenth: here, whole: there };
    const grown = await growthOf(this.options.operations, this.options.seconds, sides, generator);
    await this.children.end(there.server);
    return grown;
  }

  private async counts({ urls }: DataSet, world: Side['world']) {
    say('queries and round trips…');
    const { children, settings, postgresPort, options } = this;
    const about = { children, world, settings, postgresPort };
    const through = (url: string) => (port: number) =>
      this.variables(url.replace(`:${postgresPort}/`, `:${port}/`));
    const from = numbersOfRound;
    return {
      ours: await countedOf('ours', through(urls.serving), options.operations, { ...about, from: from() }),
      bound: await countedOf('bound', through(urls.bound), options.operations, { ...about, from: from() }),
    };
  }
}

// Told to stop, it leaves the measuring where it is: what was started ends with it.
void perform((life) => life.unlessEnded(Run.begin(life).then((run) => run.measure())));
