// `node scripts/run.mjs demo`: compiles where needed and becomes dist/src/commands/demo.js, in this same process, so
// that no shell or parent stands between it and its signals.
import { createRequire } from 'node:module';
import { build } from './build.mjs';

const [command] = process.argv.splice(2, 1);
build();
createRequire(import.meta.url)(`../dist/src/commands/${command}.js`);
