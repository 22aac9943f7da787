import { createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { Environment } from './environment.js';

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
  /** `smtp://…`, `smtps://…`, or `file:///folder` which writes each mail to a file. */
  readonly mailUrl: string;
  readonly mailFrom: string;
  /** Folder for export files; shared by the server and the workers. */
  readonly filesDir: string;
  readonly logLevel: string;
  readonly trustProxy: boolean;
  /** Where the seals of the audit log are appended, and where they are sent. */
  readonly sealsFile?: string;
  readonly sealsWebhook?: { readonly url: string; readonly key: Buffer };
  /** Signs access tokens (HS256). */
  readonly tokenKey: KeyObject;
  /** Wraps the data keys of the clients; 32 bytes. */
  readonly installationKey: Buffer;
  /** Fingerprints the bodies of repeatable requests, so that the body itself need not be kept. */
  readonly fingerprintKey: KeyObject;

  constructor(environment: Environment) {
    const tokenSecret = Buffer.from(environment.TOKEN_SECRET, 'base64url');
    this.host = environment.HOST;
    this.port = environment.PORT;
    this.databaseUrl = environment.DATABASE_URL;
    this.databasePoolSize = environment.DATABASE_POOL_SIZE;
    this.portalUrl = environment.PORTAL_URL.replace(/\/+$/, '');
    this.mailUrl = environment.MAIL_URL;
    this.mailFrom = environment.MAIL_FROM;
    this.filesDir = environment.FILES_DIR;
    this.logLevel = environment.LOG_LEVEL;
    this.trustProxy = environment.TRUST_PROXY;
    this.tokenKey = derived(tokenSecret, 'access tokens');
    this.fingerprintKey = derived(tokenSecret, 'request fingerprints');
    this.installationKey = Buffer.from(environment.INSTALLATION_KEY, 'base64url');
    this.sealsFile = environment.SEALS_FILE;
    this.sealsWebhook = webhookOf(environment);
    hide(this, ['sealsWebhook', 'databaseUrl', 'mailUrl', 'tokenKey', 'installationKey', 'fingerprintKey']);
  }
}

/** Neither an inspection nor JSON nor a spread shows these: what is logged by mistake holds no secret. */
function hide(settings: Settings, secrets: readonly (keyof Settings)[]): void {
  for (const secret of secrets) Object.defineProperty(settings, secret, { enumerable: false });
}

function webhookOf({ SEALS_WEBHOOK_URL: url, SEALS_WEBHOOK_SECRET: secret }: Environment) {
  return url && secret ? { url, key: Buffer.from(secret, 'base64url') } : undefined;
}

/** A key of its own for each use of one secret (HKDF, RFC 5869). */
function derived(secret: Buffer, use: string): KeyObject {
  return createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', `ademruimte ${use}`, 32)));
}
