import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Writes the types for programs in CommonJS. The package is an ES module, so TypeScript takes each of its `.d.ts` files for one. Each
 * file that the entry points need gets a copy beside it, as `.d.cts`.
 *
 * @param {string[]} entryPoints `.d.ts` files
 */
export function writeCommonJsTypes(entryPoints) {
  const files = new Set(entryPoints);
  for (const file of files) {
    const text = readFileSync(file, 'utf8');
    for (const [, imported] of text.matchAll(/['"](\.[^'"]+)\.js['"]/g)) files.add(join(dirname(file), `${imported}.d.ts`));
    writeFileSync(file.replace(/\.d\.ts$/, '.d.cts'), text.replace(/(['"]\.[^'"]+)\.js(['"])/g, '$1.cjs$2'));
  }
  copyFileSync('server/bridge/my.d.ts', 'dist/bridge/my.d.cts');
}
