import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The root folder of the package, with package.json, fixtures/ and views/. It is found from any build folder. */
export const packageRoot: string = find(import.meta.dirname);

function find(folder: string): string {
  if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'fixtures'))) return folder;
  const parent = dirname(folder);
  if (parent === folder)
    throw new Error('the package billetera is incomplete: its folder fixtures/ is missing; install it again');
  return find(parent);
}
