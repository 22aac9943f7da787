import { readFileSync } from 'node:fs';
import { plainToInstance, Transform } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsNotEmpty,
  IsString,
  Matches,
  Max,
  Min,
  validateSync,
} from 'class-validator';

/** 32 random bytes, base64url without padding: `openssl rand -base64 32 | tr '+/' '-_' | tr -d '='`. */
const SECRET = /^[\w-]{43}$/;

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
  @Matches(/^postgres(ql)?:\/\//)
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

  /** Set to true only behind a proxy that sets X-Forwarded-For itself. */
  @IsBoolean()
  @Transform(({ value }) => (value === 'true' ? true : value === 'false' ? false : value))
  TRUST_PROXY = false;
}

/** A start that cannot succeed; names every variable that is missing or wrong, and no value. */
export class EnvironmentIncomplete extends Error {
  override readonly name = 'EnvironmentIncomplete';

  constructor(readonly variables: readonly string[]) {
    super(
      `These settings are missing or not valid: ${variables.join(', ')}. The README explains each of them.`,
    );
  }
}

/**
 * Reads the environment; a variable may also come from a file that `NAME_FILE` names (Docker secrets).
 * @throws EnvironmentIncomplete
 */
export function readEnvironment(source: NodeJS.ProcessEnv): Environment {
  const values = Object.keys(source)
    .filter((name) => name.endsWith('_FILE') && source[name])
    .reduce((merged, name) => ({ ...merged, [name.slice(0, -'_FILE'.length)]: read(name, source[name]!) }), {
      ...present(source),
    });
  const environment = plainToInstance(Environment, values, { exposeDefaultValues: true });
  const wrong = validateSync(environment).map((error) => error.property);
  if (wrong.length > 0) throw new EnvironmentIncomplete(wrong);
  return environment;
}

/** An empty variable, as a compose file leaves it, is an absent one. */
function present(source: NodeJS.ProcessEnv): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
}

function read(name: string, path: string): string {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    throw new EnvironmentIncomplete([name]);
  }
}
