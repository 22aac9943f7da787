import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { CannotStart } from '../config/cannot-start.js';
import { secret } from './local-secrets.js';

const SECRET = /^[\w-]{43}$/;

/**
 * Rotates the secret of an installation that keeps it in a file: the one in use becomes the previous one, and a new one
 * takes its place.
 * @throws CannotStart when it is not in a file, or the file holds none
 */
export function rotateTokenFiles(environment: NodeJS.ProcessEnv): void {
  const file = environment['TOKEN_SECRET_FILE'];
  const previous = environment['TOKEN_SECRET_PREVIOUS_FILE'];
  if (!file || !previous) {
    throw new CannotStart(
      'TOKEN_SECRET_FILE and TOKEN_SECRET_PREVIOUS_FILE name the files that this rotates. Where the secrets are kept ' +
        'elsewhere, give TOKEN_SECRET_PREVIOUS the value of TOKEN_SECRET, and TOKEN_SECRET a new one.',
    );
  }
  // In this order: were it cut off in between, the secret in use would merely be there twice.
  replace(previous, secretIn(file));
  replace(file, secret());
}

function secretIn(file: string): string {
  let text: string;
  try {
    text = readFileSync(file, 'utf8').trim();
  } catch {
    throw new CannotStart('The file that TOKEN_SECRET_FILE names cannot be read.');
  }
  if (!SECRET.test(text)) throw new CannotStart('The file that TOKEN_SECRET_FILE names holds no secret.');
  return text;
}

/** Whole or not at all, and for its owner alone. */
function replace(file: string, content: string): void {
  const fresh = `${file}.${randomUUID()}`;
  writeFileSync(fresh, `${content}\n`, { mode: 0o600 });
  renameSync(fresh, file);
}
