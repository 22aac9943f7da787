import { readFileSync } from 'node:fs';
import { plainToInstance, Transform } from 'class-transformer';
import {
  getMetadataStorage,
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsOptional,
  IsString,
  Matches,
  Max,
  Min,
  ValidateIf,
  validateSync,
} from 'class-validator';
import { CannotStart } from './cannot-start.js';

/** 32 random bytes, base64url without padding: `openssl rand -base64 32 | tr '+/' '-_' | tr -d '='`. */
const SECRET = /^[\w-]{43}$/;
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

  @Matches(SECRET)
  INSTALLATION_KEY: string;

  @Matches(/^https?:\/\//)
  PORTAL_URL: string;

  @Matches(/^(smtps?|file):\/\//)
  MAIL_URL: string;

  @IsNotEmpty()
  @IsString()
  MAIL_FROM: string;

  @IsNotEmpty()
  @IsString()
  FILES_DIR: string;

  @IsIn(['fatal', 'error', 'warn', 'info', 'debug', 'silent'])
  LOG_LEVEL = 'info';

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

  /** Set to true only behind a proxy that sets X-Forwarded-For itself. */
  @IsBoolean()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  TRUST_PROXY = false;
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
  return read(Environment, source);
}

/** What a migration reads: the connection of the role that owns the tables. */
export class MigrationEnvironment {
  @Matches(POSTGRES)
  MIGRATION_DATABASE_URL: string;
}

/** @throws EnvironmentIncomplete */
export function readMigrationUrl(source: NodeJS.ProcessEnv): string {
  return read(MigrationEnvironment, source).MIGRATION_DATABASE_URL;
}

function read<T extends object>(shape: new () => T, source: NodeJS.ProcessEnv): T {
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
