import { randomUUID } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { perform } from '../config/begin.js';
import { CannotStart } from '../config/cannot-start.js';
import { openDataDir } from '../local/data-dir.js';
import { isInstallation } from '../local/local-environment.js';
import { rotateLocalTokens, secret } from '../local/local-secrets.js';

const SECRET = /^[\w-]{43}$/;

/**
 * `npm run tokens:rotate`: the secret that signs access tokens becomes the previous one, and a new one takes its place.
 * Both verify after the next start, so nobody is signed out. No secret is shown.
 */
void perform(async () => {
  if (isInstallation()) rotateFiles();
  else rotateLocalTokens(openDataDir());
  process.stdout.write(
    'A new secret signs access tokens as soon as the servers are started again; tokens of the old one stay good until they end.\n',
  );
});

function rotateFiles(): void {
  const file = process.env['TOKEN_SECRET_FILE'];
  const previous = process.env['TOKEN_SECRET_PREVIOUS_FILE'];
  if (!file || !previous) {
    throw new CannotStart(
      'TOKEN_SECRET_FILE and TOKEN_SECRET_PREVIOUS_FILE name the files that this rotates. Where the secrets are kept ' +
        'elsewhere, give TOKEN_SECRET_PREVIOUS the value of TOKEN_SECRET, and TOKEN_SECRET a new one.',
    );
  }
  const current = readSecret(file);
  // In this order: were it cut off in between, the secret in use would merely be there twice.
  replace(previous, current);
  replace(file, secret());
}

function readSecret(file: string): string {
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
