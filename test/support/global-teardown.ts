import { rmSync } from 'node:fs';
import type { EmbeddedPostgres } from '../../src/database/embedded/embedded-postgres.js';

export default async function stopCluster(): Promise<void> {
  const { testCluster } = globalThis as unknown as {
    testCluster: { postgres: EmbeddedPostgres; folder: string };
  };
  await testCluster.postgres.stop();
  rmSync(testCluster.postgres.home, { recursive: true, force: true });
  rmSync(testCluster.folder, { recursive: true, force: true });
}
