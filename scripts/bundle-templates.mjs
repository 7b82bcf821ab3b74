import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from 'esbuild';
import Handlebars from 'handlebars';
import { compileOptions } from '../dist/pages/compiled-templates.js';

/**
 * Compiles the templates in `views`, because that takes a tenth of a second for the first page of an emulator. The file exports them by
 * the hash of their source, so that an edited template is not mistaken for the compiled one.
 *
 * @param {string} outfile
 */
export async function bundleTemplates(outfile) {
  const files = readdirSync('views', { recursive: true }).filter((file) => file.endsWith('.hbs'));
  const templates = files.sort().map((file) => {
    const source = readFileSync(join('views', file), 'utf8');
    return `"${createHash('sha256').update(source).digest('hex')}":${Handlebars.precompile(source, compileOptions)}`;
  });
  const { code } = await transform(`module.exports={${templates.join(',')}};`, { minify: true, target: 'node20' });
  writeFileSync(outfile, code);
}
