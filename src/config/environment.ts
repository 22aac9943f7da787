import { readFileSync } from 'node:fs';
import { plainToInstance, Transform } from 'class-transformer';
import {
  getMetadataStorage,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  ValidateBy,
  ValidateIf,
  type ValidationArguments,
  validateSync,
} from 'class-validator';
import { CannotStart } from './cannot-start.js';
import { isKeyRing, type WrittenRing } from './key-ring.js';
import { isTrust, type ProxyTrust, readTrust } from './proxy-trust.js';

/** 32 random bytes, base64url without padding: `openssl rand -base64 32 | tr '+/' '-_' | tr -d '='`. */
const SECRET = /^[\w-]{43}$/;
const NO_SECRET_OR_ONE = /^([\w-]{43})?$/;
/** Scheme, host and port, as a browser sends them; separated by commas. */
const ORIGINS = /^(https?:\/\/[^\s,/]+(,\s*https?:\/\/[^\s,/]+)*)?$/;
const POSTGRES = /^postgres(ql)?:\/\//;

/** Every variable that the server and the worker read. What has no default here is required. */
export class Environment {
  @IsString()
  HOST = '127.0.0.1';

  @IsInt()
  @Min(0)
  @Max(65535)
  @Transform(({ value }) => Number(value))
  PORT = 3000;

  /** The serving role's connection: it owns nothing and cannot bypass row-level security. */
  @Matches(POSTGRES)
  DATABASE_URL: string;

  @IsInt()
  @Min(2)
  @Max(200)
  @Transform(({ value }) => Number(value))
  DATABASE_POOL_SIZE = 10;

  @Matches(SECRET)
  TOKEN_SECRET: string;

  /** A login that is not used for this long has ended; so has every login after its lifetime, used or not. */
  @IsInt()
  @Min(1)
  @Max(8_760)
  @Transform(({ value }) => Number(value))
  LOGIN_IDLE_HOURS = 336;

  @IsInt()
  @Min(1)
  @Max(8_760)
  @Transform(({ value }) => Number(value))
  LOGIN_LIFETIME_HOURS = 720;

  /** What one hash of a password costs (Argon2id, RFC 9106); a password moves to new costs at its next sign-in. */
  @IsInt()
  @Min(7_168)
  @Max(1_048_576)
  @Transform(({ value }) => Number(value))
  ARGON2_MEMORY_KIB = 19_456;

  @IsInt()
  @Min(1)
  @Max(20)
  @Transform(({ value }) => Number(value))
  ARGON2_PASSES = 2;

  @IsInt()
  @Min(1)
  @Max(16)
  @Transform(({ value }) => Number(value))
  ARGON2_LANES = 1;
  /** Still verifies access tokens and signs none: the secret of before the last rotation. */
  @Matches(NO_SECRET_OR_ONE)
  TOKEN_SECRET_PREVIOUS = '';

  /** The installation's one key; beside a ring, the oldest of it. */
  @ValidateIf(({ INSTALLATION_KEY, INSTALLATION_KEYS }: Environment) =>
    Boolean(INSTALLATION_KEY ?? !INSTALLATION_KEYS),
  )
  @Matches(SECRET)
  INSTALLATION_KEY?: string;

  /** `id:key` entries, the newest first. */
  @IsOptional()
  @ValidateBy({ name: 'isKeyRing', validator: { validate: isRingWithTheRest } })
  INSTALLATION_KEYS?: string;

  /** The id of the key that wraps what is new, while the newest is only being made known to all servers. */
  @IsOptional()
  @ValidateBy({ name: 'isKeyRing', validator: { validate: isRingWithTheRest } })
  INSTALLATION_KEY_CURRENT?: string;

  @Matches(/^https?:\/\//)
  PORTAL_URL: string;

  /** Where mail programs reach the API; below the portal when left empty. */
  @Matches(/^(https?:\/\/\S+)?$/)
  API_URL = '';

  @Matches(/^(smtps?|file):\/\//)
  MAIL_URL: string;

  @IsNotEmpty()
  @IsString()
  MAIL_FROM: string;

  @IsNotEmpty()
  @IsString()
  FILES_DIR: string;

  /** Recordings that practices upload; below FILES_DIR when left empty. */
  @IsString()
  MEDIA_DIR = '';

  /** The largest recording that is taken in, in megabytes. */
  @IsInt()
  @Min(1)
  @Max(2_000)
  @Transform(({ value }) => Number(value))
  MEDIA_LARGEST_MB = 64;

  /** Who was erased, outside the database; shared by the server and the workers, and in no backup. */
  @IsNotEmpty()
  @IsString()
  ERASURE_LEDGER_FILE: string;

  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
  LOG_LEVEL = 'info';

  /** Whose X-Forwarded-For is believed: of nobody, of so many proxies, or of those at these addresses. */
  @ValidateBy({ name: 'isTrust', validator: { validate: isTrust } })
  @Transform(({ value }: { value: unknown }) => readTrust(value))
  TRUST_PROXY: ProxyTrust = false;

  /** The web pages of other origins that may call; none unless they are named. */
  @Matches(ORIGINS)
  CORS_ORIGINS = '';

  /** How long a request may take to come in. */
  @IsInt()
  @Min(1)
  @Max(300)
  @Transform(({ value }) => Number(value))
  SLOWEST_REQUEST_SECONDS = 30;

  /** What one person, or one address that is not signed in, may ask of one process. */
  @IsInt()
  @Min(1)
  @Max(10_000_000)
  @Transform(({ value }) => Number(value))
  REQUESTS_PER_MINUTE = 600;

  /** How many times the usual number of attempts is free of delay: at sign-in, with codes, and so on. */
  @IsInt()
  @Min(1)
  @Max(10_000)
  @Transform(({ value }) => Number(value))
  ATTEMPTS_FACTOR = 1;
  /** Where the worker appends the seals of the audit log, out of reach of the database's owner. */
  @IsOptional()
  @IsString()
  SEALS_FILE?: string;

  /** Where the worker sends them; only https, or http on this machine. */
  @IsOptional()
  @Matches(/^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)[:/])/)
  SEALS_WEBHOOK_URL?: string;

  /** Signs what is sent there; the receiver holds the same. */
  @ValidateIf(({ SEALS_WEBHOOK_URL }: Environment) => SEALS_WEBHOOK_URL !== undefined)
  @Matches(SECRET)
  SEALS_WEBHOOK_SECRET?: string;
}

/** The ring, as its three variables write it. */
export const writtenRing = (environment: Environment): WrittenRing => ({
  entries: environment.INSTALLATION_KEYS,
  loneKey: environment.INSTALLATION_KEY,
  current: environment.INSTALLATION_KEY_CURRENT,
});

function isRingWithTheRest(_: unknown, at?: ValidationArguments): boolean {
  const environment = at!.object as Environment;
  return isKeyRing(writtenRing(environment));
}

/** A start that cannot succeed; names every variable that is missing or wrong, and no value. */
export class EnvironmentIncomplete extends CannotStart {
  override readonly name = 'EnvironmentIncomplete';

  constructor(readonly variables: readonly string[]) {
    super(
      `These settings are missing or not valid: ${variables.join(', ')}. .env.example explains each of them.`,
    );
  }
}

/**
 * Reads the environment; a variable may also come from a file that `NAME_FILE` names (Docker secrets).
 * @throws EnvironmentIncomplete
 */
export function readEnvironment(source: NodeJS.ProcessEnv): Environment {
  return readVariables(Environment, source);
}

/** What a migration reads: the connection of the role that owns the tables. */
export class MigrationEnvironment {
  @Matches(POSTGRES)
  MIGRATION_DATABASE_URL: string;
}

/** @throws EnvironmentIncomplete */
export function readMigrationUrl(source: NodeJS.ProcessEnv): string {
  return readVariables(MigrationEnvironment, source).MIGRATION_DATABASE_URL;
}

/**
 * Reads the variables that a class describes.
 * @throws EnvironmentIncomplete
 */
export function readVariables<T extends object>(shape: new () => T, source: NodeJS.ProcessEnv): T {
  const values = Object.fromEntries(namesOf(shape).map((name) => [name, valueOf(name, source)]));
  const environment = plainToInstance(shape, present(values), { exposeDefaultValues: true });
  const wrong = validateSync(environment).map((error) => error.property);
  if (wrong.length > 0) throw new EnvironmentIncomplete(wrong);
  return environment;
}

/** The variables that a class describes. */
export function namesOf(shape: new () => object): string[] {
  const rules = getMetadataStorage().getTargetValidationMetadatas(shape, '', false, false);
  return [...new Set(rules.map((rule) => rule.propertyName))];
}

function valueOf(name: string, source: NodeJS.ProcessEnv): string | undefined {
  const file = source[`${name}_FILE`];
  if (!file) return source[name];
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    throw new EnvironmentIncomplete([`${name}_FILE`]);
  }
}

/** An empty variable, as a compose file leaves it, is an absent one. */
function present(values: Record<string, string | undefined>): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== ''),
  );
}
