import { parseArgs } from 'node:util';
import { DataSource } from 'typeorm';
import { INSTALLATION } from '../audit/chain.js';
import { sealing } from '../audit/sealer.js';
import { LogVerification } from '../audit/verification.js';
import { perform } from '../config/begin.js';
import { CannotStart } from '../config/cannot-start.js';
import { readEnvironment } from '../config/environment.js';
import type { Lifetime } from '../config/lifetime.js';
import { Settings } from '../config/settings.js';
import { createContext } from '../create-app.js';
import { isInstallation, openLocalEnvironment } from '../local/local-environment.js';

const USAGE = `Usage: npm run audit:verify [-- --seals /path/to/seals.ndjson]
  --seals: seals that were written out of the database; those of SEALS_FILE unless another file is named.`;

/** `npm run audit:verify`: holds every log against its seals; exit code 1 when one is not what was sealed. */
void perform(async (life) => {
  const file = readArguments();
  const context = await createContext(await settingsOf(life));
  life.atEnd(() => context.close());
  const verification = context.get(LogVerification, { strict: false });
  const practices = await context
    .get(DataSource)
    .query<{ id: string }[]>('select lookup.practice_ids() as id');
  let broken = 0;
  for (const practiceId of [INSTALLATION, ...practices.map(({ id }) => id)]) {
    const found = await verification.verify(sealing(practiceId), file);
    const name = practiceId === INSTALLATION ? 'security_events' : `practice ${practiceId}`;
    const counted = `${found.events} events under ${found.seals} seals${found.comparedOutside ? ', as outside' : ''}`;
    if (found.broken) {
      const { what, seal, eventId } = found.broken;
      process.stdout.write(`${name}: BROKEN at seal ${seal}: ${what}${eventId ? ` ${eventId}` : ''}\n`);
      broken += 1;
    } else process.stdout.write(`${name}: intact, ${counted}\n`);
  }
  if (broken > 0) throw new CannotStart(`${broken} of ${practices.length + 1} logs are not what was sealed.`);
});

function readArguments(): string | undefined {
  try {
    return parseArgs({ options: { seals: { type: 'string' } } }).values.seals;
  } catch (error) {
    throw new CannotStart(`${(error as Error).message}\n${USAGE}`);
  }
}

async function settingsOf(life: Lifetime): Promise<Settings> {
  if (isInstallation()) return new Settings(readEnvironment(process.env));
  return (await openLocalEnvironment(life)).settings;
}
