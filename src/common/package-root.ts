import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of the checkout, from compiled and from source files alike. */
export const PACKAGE_ROOT = ascend(__dirname);

function ascend(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : ascend(dirname(folder));
}
