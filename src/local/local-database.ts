import { setTimeout as after } from 'node:timers/promises';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import { CannotStart } from '../config/cannot-start.js';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../database/embedded/embedded-postgres.js';
import { type DatabaseUrls, prepareDatabase, urlsOf } from '../database/embedded/prepare-database.js';
import type { LocalSecrets } from './local-secrets.js';

const DATABASE = 'ademruimte';
const STARTS_WITHIN_MS = 60_000;
const LOOK_AGAIN_MS = 100;

/** Advisory locks on the cluster; a program that is killed lets go of them. */
const LOCKS = {
  /** Shared by all that use the cluster: the last one out stops it. */
  using: 4_202_001,
  /** One at a time makes roles, database and tables. */
  preparing: 4_202_002,
  /** One at a time serves on these data. */
  serving: 4_202_003,
  /** Held for as long as the demo practices are being made. */
  seeding: 4_202_004,
} as const;

export type LocalLock = 'serving' | 'seeding';

/** What the database itself says about its demo practices. */
export type SeedMark = 'being seeded' | 'seeded';

/** The embedded Postgres as one of several programs sees it that may use it at once. */
export class LocalDatabase {
  private constructor(
    private readonly postgres: EmbeddedPostgres,
    private readonly client: Client,
    readonly urls: DatabaseUrls,
  ) {}

  /** Starts the cluster or finds it running, and sees to it that the roles and the database are there. */
  static async open(folder: string, secrets: LocalSecrets): Promise<LocalDatabase> {
    const deadline = Date.now() + STARTS_WITHIN_MS;
    for (;;) {
      const database = await LocalDatabase.enter(folder, secrets);
      if (database) return database.prepared(secrets);
      if (Date.now() > deadline) throw new CannotStart('The local PostgreSQL keeps stopping.');
      await after(LOOK_AGAIN_MS);
    }
  }

  /** @returns nothing when another program was just stopping the cluster */
  private static async enter(folder: string, secrets: LocalSecrets): Promise<LocalDatabase | undefined> {
    const postgres = await startEmbeddedPostgres({ folder, superuserPassword: secrets.superuser });
    const { superuser } = urlsOf(postgres.port, 'postgres', secrets);
    const client = new Client({ connectionString: superuser, application_name: 'ademruimte local' });
    // The last one out stops the server under its own connection.
    client.on('error', () => undefined);
    try {
      await client.connect();
    } catch (error) {
      if ((error as { code?: string }).code === WRONG_PASSWORD) throw passwordsLost(postgres.home);
      return undefined;
    }
    const database = new LocalDatabase(postgres, client, urlsOf(postgres.port, DATABASE, secrets));
    if (await database.try('pg_try_advisory_lock_shared', LOCKS.using)) return database;
    await client.end();
    return undefined;
  }

  /** Where the cluster lies. */
  get home(): string {
    return this.postgres.home;
  }

  /** Takes a lock, until it is released or this program ends, however it ends. */
  async take(lock: LocalLock, waitMs = 0): Promise<boolean> {
    const deadline = Date.now() + waitMs;
    for (;;) {
      if (await this.try('pg_try_advisory_lock', LOCKS[lock])) return true;
      if (Date.now() >= deadline) return false;
      await after(LOOK_AGAIN_MS);
    }
  }

  async release(lock: LocalLock | 'preparing'): Promise<void> {
    await this.client.query('select pg_advisory_unlock($1)', [LOCKS[lock]]);
  }

  async seedMark(): Promise<SeedMark | undefined> {
    const { rows } = await this.client.query<{ mark: SeedMark | null }>(
      `select shobj_description(oid, 'pg_database') as mark from pg_database where datname = $1`,
      [DATABASE],
    );
    return rows[0]?.mark ?? undefined;
  }

  async markSeed(mark: SeedMark): Promise<void> {
    await this.client.query(`comment on database ${escapeIdentifier(DATABASE)} is ${escapeLiteral(mark)}`);
  }

  /** Leaves the cluster, and stops it when nobody else uses it. */
  async close(): Promise<void> {
    await this.client.query('select pg_advisory_unlock_shared($1)', [LOCKS.using]);
    if (await this.try('pg_try_advisory_lock', LOCKS.using)) await this.postgres.stop();
    else await this.client.end();
  }

  private async prepared(secrets: LocalSecrets): Promise<this> {
    try {
      await this.client.query('select pg_advisory_lock($1)', [LOCKS.preparing]);
      await this.dropHalfSeeded();
      await prepareDatabase(this.postgres.port, DATABASE, secrets);
      await this.release('preparing');
      return this;
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** A seed that was killed half way leaves half a practice; only an empty database is ever seeded. */
  private async dropHalfSeeded(): Promise<void> {
    if ((await this.seedMark()) !== 'being seeded' || !(await this.take('seeding'))) return;
    await this.client.query(`drop database ${escapeIdentifier(DATABASE)} with (force)`);
    await this.release('seeding');
  }

  private async try(how: string, lock: number): Promise<boolean> {
    const { rows } = await this.client.query<{ got: boolean }>(`select ${how}($1) as got`, [lock]);
    return rows[0]!.got;
  }
}

/** `invalid_password`. */
const WRONG_PASSWORD = '28P01';

function passwordsLost(home: string): CannotStart {
  return new CannotStart(
    `The database in ${home} was made with other secrets than those in secrets.json. Put those back, or remove both.`,
  );
}
