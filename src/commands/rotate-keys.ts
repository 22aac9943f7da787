import { KeyRotation, type Progress } from '../auth/key-rotation.js';
import { CannotOpen } from '../common/cipher/cipher.js';
import { perform } from '../config/begin.js';
import { CannotStart } from '../config/cannot-start.js';
import { readEnvironment } from '../config/environment.js';
import type { Lifetime } from '../config/lifetime.js';
import { Settings } from '../config/settings.js';
import { createContext } from '../create-app.js';
import { isInstallation, openLocalEnvironment } from '../local/local-environment.js';

const BAR_WIDTH = 30;

/**
 * `npm run keys:rotate`: puts every data key under the first key of INSTALLATION_KEYS, while the service runs. Stopped
 * half way, it is started again and goes on.
 */
void perform(async (life) => {
  const settings = await settingsOf(life);
  const context = await createContext(settings);
  life.atEnd(() => context.close());
  const rotation = context.get(KeyRotation, { strict: false });
  const moved = await rotation.run(showProgress).catch(inWords);
  const { current, ids } = settings.keyRing;
  process.stdout.write(
    `\n${moved} keys were put under ${current}; none is left under another.\n` +
      (ids.length > 1 ? 'Keep the others in the ring until the backups that they open are gone.\n' : ''),
  );
});

async function settingsOf(life: Lifetime): Promise<Settings> {
  if (isInstallation()) return new Settings(readEnvironment({ LOG_LEVEL: 'warn', ...process.env }));
  const { variables } = await openLocalEnvironment(life);
  const { INSTALLATION_KEYS } = process.env;
  return new Settings(readEnvironment({ ...variables, INSTALLATION_KEYS }));
}

function showProgress({ done, total }: Progress): void {
  const part = total === 0 ? 1 : done / total;
  const bar = '#'.repeat(Math.round(part * BAR_WIDTH)).padEnd(BAR_WIDTH, '.');
  const line = `[${bar}] ${done} of ${total}`;
  process.stdout.write(process.stdout.isTTY ? `\r${line}` : `${line}\n`);
}

function inWords(error: unknown): never {
  if (!(error instanceof CannotOpen)) throw error;
  throw new CannotStart(
    'A data key is under a key that INSTALLATION_KEYS does not hold: add that key at its end.',
  );
}
