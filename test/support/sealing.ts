import { setTimeout as pause } from 'node:timers/promises';
import { INSTALLATION } from '../../src/audit/chain.js';
import { Sealer, sealing } from '../../src/audit/sealer.js';
import { LogVerification } from '../../src/audit/verification.js';
import type { TestApp } from './app.js';
import { rows } from './rows.js';

/** Longer than any test in the cluster fills tables in one go. */
const PATIENCE_MS = 60_000;

/**
 * Seals a log until nothing of it is left; what other tests in the same cluster have under way holds a seal up.
 * @param log a practice's, or that of the installation
 */
export async function sealAll(app: TestApp, log: string): Promise<void> {
  const written = log === INSTALLATION ? 'security_events' : `audit_events where practice_id = '${log}'`;
  const patience = Date.now() + PATIENCE_MS;
  while (Date.now() < patience) {
    await app.get(Sealer).seal(log);
    const [row] = await rows<{ count: number }>(app, `select count(*)::int from ${written}`);
    const { events } = await app.get(LogVerification).verify(sealing(log), '/dev/null');
    if (events === row!.count) return;
    await pause(50);
  }
  throw new Error('Nothing could be sealed');
}
