import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { derived } from './derived-key.js';
import { type Environment, writtenRing } from './environment.js';
import { KeyRing } from './key-ring.js';
import type { ProxyTrust } from './proxy-trust.js';
import { TokenKey } from './token-key.js';

const HOUR_MS = 3_600_000;

/**
 * The settings that the program runs on, parsed once at start and injected by this class. Secrets are
 * held in the form they are used in, so that no part of the program parses or prints them again.
 */
export class Settings {
  readonly host: string;
  readonly port: number;
  readonly databaseUrl: string;
  readonly databasePoolSize: number;
  /** Address of the portal that mails link to, without a slash at the end. */
  readonly portalUrl: string;
  /** Address of the API as the outside reaches it, without a slash at the end. */
  readonly apiUrl: string;
  /** `smtp://…`, `smtps://…`, or `file:///folder` which writes each mail to a file. */
  readonly mailUrl: string;
  readonly mailFrom: string;
  /** Folder for export files; shared by the server and the workers. */
  readonly filesDir: string;
  /** Folder for recordings; shared by the server and the workers. */
  readonly mediaDir: string;
  readonly mediaLargestBytes: number;
  /** Who was erased, outside the database. */
  readonly erasureLedgerFile: string;
  readonly logLevel: string;
  readonly trustProxy: ProxyTrust;
  /** Origins whose pages may call, beside the portal where it is served from here. */
  readonly corsOrigins: readonly string[];
  readonly slowestRequestMs: number;
  readonly requestsPerMinute: number;
  readonly attemptsFactor: number;
  /** Verify access tokens (HS256). The first signs; another is that of before the last rotation. */
  readonly tokenKeys: readonly [TokenKey, ...TokenKey[]];
  /** Makes of each refresh token the one that follows it. */
  readonly refreshKey: KeyObject;
  /** Milliseconds without a sign of life after which a login has ended. */
  readonly loginIdleMs: number;
  /** Milliseconds after which a login has ended, whatever its use. */
  readonly loginLifetimeMs: number;
  /** Argon2id: KiB of memory, passes over it, lanes. */
  readonly passwordCost: { memoryCost: number; timeCost: number; parallelism: number };
  /** Where the seals of the audit log are appended, and where they are sent. */
  readonly sealsFile?: string;
  readonly sealsWebhook?: { readonly url: string; readonly key: Buffer };
  /** Wraps the data keys of the clients. */
  readonly keyRing: KeyRing;
  /** The oldest key of the ring, 32 bytes: what is derived from it survives a rotation, as that key stays last. */
  readonly installationKey: Buffer;
  /** Fingerprints the bodies of repeatable requests, so that the body itself need not be kept. */
  readonly fingerprintKey: KeyObject;
  /** Names who is throttled, so that no address or account need be kept. */
  readonly throttlingKey: KeyObject;

  /** Makes the one-time code of a mail out of its job, so that a mail sent again is the same mail. */
  readonly oneTimeKey: KeyObject;
  /** Seals addresses that wait for a mail and that nobody may know yet; 32 bytes. */
  readonly mailRequestKey: Buffer;

  constructor(environment: Environment) {
    this.host = environment.HOST;
    this.port = environment.PORT;
    this.databaseUrl = environment.DATABASE_URL;
    this.databasePoolSize = environment.DATABASE_POOL_SIZE;
    this.portalUrl = environment.PORTAL_URL.replace(/\/+$/, '');
    this.apiUrl = environment.API_URL.replace(/\/+$/, '') || this.portalUrl;
    this.mailUrl = environment.MAIL_URL;
    this.mailFrom = environment.MAIL_FROM;
    this.filesDir = environment.FILES_DIR;
    this.mediaDir = environment.MEDIA_DIR || join(environment.FILES_DIR, 'media');
    this.mediaLargestBytes = environment.MEDIA_LARGEST_MB * 1_000_000;
    this.erasureLedgerFile = environment.ERASURE_LEDGER_FILE;
    this.logLevel = environment.LOG_LEVEL;
    this.trustProxy = environment.TRUST_PROXY;
    this.corsOrigins = environment.CORS_ORIGINS.split(',').flatMap((origin) => origin.trim() || []);
    this.slowestRequestMs = environment.SLOWEST_REQUEST_SECONDS * 1000;
    this.requestsPerMinute = environment.REQUESTS_PER_MINUTE;
    this.attemptsFactor = environment.ATTEMPTS_FACTOR;
    this.loginIdleMs = environment.LOGIN_IDLE_HOURS * HOUR_MS;
    this.loginLifetimeMs = environment.LOGIN_LIFETIME_HOURS * HOUR_MS;
    this.passwordCost = {
      memoryCost: environment.ARGON2_MEMORY_KIB,
      timeCost: environment.ARGON2_PASSES,
      parallelism: environment.ARGON2_LANES,
    };
    this.tokenKeys = ringOf(environment);
    this.keyRing = KeyRing.read(writtenRing(environment));
    this.installationKey = this.keyRing.key(this.keyRing.oldest)!;
    // Not of the token secret: what these name or make must be known again after that was rotated.
    this.refreshKey = derived(this.installationKey, 'refresh tokens');
    this.fingerprintKey = derived(this.installationKey, 'request fingerprints');
    this.throttlingKey = derived(this.installationKey, 'throttling');
    this.oneTimeKey = derived(this.installationKey, 'one-time codes');
    this.mailRequestKey = derived(this.installationKey, 'mail requests').export();
    this.sealsFile = environment.SEALS_FILE;
    this.sealsWebhook = webhookOf(environment);
    hide(this, [
      'sealsWebhook',
      'databaseUrl',
      'mailUrl',
      'tokenKeys',
      'refreshKey',
      'keyRing',
      'installationKey',
      'fingerprintKey',
      'throttlingKey',
      'oneTimeKey',
      'mailRequestKey',
    ]);
  }
}

function ringOf({ TOKEN_SECRET, TOKEN_SECRET_PREVIOUS }: Environment): [TokenKey, ...TokenKey[]] {
  const current = TokenKey.of(TOKEN_SECRET);
  return TOKEN_SECRET_PREVIOUS ? [current, TokenKey.of(TOKEN_SECRET_PREVIOUS)] : [current];
}

/** Neither an inspection nor JSON nor a spread shows these: what is logged by mistake holds no secret. */
function hide(settings: Settings, secrets: readonly (keyof Settings)[]): void {
  for (const secret of secrets) Object.defineProperty(settings, secret, { enumerable: false });
}

function webhookOf({ SEALS_WEBHOOK_URL: url, SEALS_WEBHOOK_SECRET: secret }: Environment) {
  return url && secret ? { url, key: Buffer.from(secret, 'base64url') } : undefined;
}
