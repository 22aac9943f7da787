// `npm run bench`: compiles the product and, beside it into dist/bench, the bench; then becomes it.
import { readdirSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { transformSync } from '@swc/core';
import { build } from './build.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const from = join(root, 'bench');
const to = join(root, 'dist', 'bench');

build();
for (const name of readdirSync(from, { recursive: true }).filter((file) => file.endsWith('.ts'))) {
  const target = join(to, name.replace(/\.ts$/, '.js'));
  mkdirSync(dirname(target), { recursive: true });
  const { code } = transformSync(readFileSync(join(from, name), 'utf8'), {
    filename: name,
    swcrc: false,
    sourceMaps: 'inline',
    module: { type: 'commonjs' },
    jsc: { target: 'es2023', parser: { syntax: 'typescript' } },
  });
  writeFileSync(target, code);
}
createRequire(import.meta.url)(join(to, 'bench.js'));
