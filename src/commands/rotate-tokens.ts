import { perform } from '../config/begin.js';
import { openDataDir } from '../local/data-dir.js';
import { isInstallation } from '../local/local-environment.js';
import { rotateLocalTokens } from '../local/local-secrets.js';
import { rotateTokenFiles } from '../local/token-rotation.js';

/**
 * `npm run tokens:rotate`: the secret that signs access tokens becomes the previous one, and a new one takes its place.
 * Both verify after the next start, so nobody is signed out. No secret is shown.
 */
void perform(() => {
  if (isInstallation() || process.env['TOKEN_SECRET_FILE']) rotateTokenFiles(process.env);
  else rotateLocalTokens(openDataDir());
  process.stdout.write(
    'A new secret signs access tokens once the servers are started again; what the old one signed stays good until it ends.\n',
  );
  return Promise.resolve();
});
