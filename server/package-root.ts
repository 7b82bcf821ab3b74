import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The package's own folder: where package.json, fixtures/ and views/ are, wherever this code was built to. */
export const packageRoot: string = find(import.meta.dirname);

function find(folder: string): string {
  if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'fixtures'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('the package billetera is not whole: its fixtures/ is missing');
  return find(parent);
}
