// `npm test`: everything that guards the product, in one go; ends at the first thing that is wrong and names it.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const CHECKS = [
  ['the compiler', 'npm run --silent typecheck'],
  ['the build', 'npm run --silent build'],
  ['lint and format', 'npm run --silent lint'],
  ['who imports whom', 'npm run --silent check:dependencies'],
  ['the OpenAPI document', 'npm run --silent check:openapi'],
  ['the tests', 'npx jest --colors=false'],
];

const env = { ...process.env, REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };

for (const [name, command] of CHECKS) {
  const began = Date.now();
  process.stdout.write(`\n== ${name}\n`);
  const { status } = spawnSync(command, {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env,
    shell: true,
    stdio: 'inherit',
  });
  if (status !== 0) {
    process.stderr.write(`\nStopped at ${name}: \`${command}\`\n`);
    process.exit(status ?? 1);
  }
  if (name !== 'the tests')
    process.stdout.write(`   in order, ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
}
