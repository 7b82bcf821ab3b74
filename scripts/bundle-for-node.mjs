import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, posix, relative } from 'node:path';
import { build, transform } from 'esbuild';
import { shortenSourceMap } from './shorten-source-map.mjs';

const target = 'node20';
/** The sources of all chunks. It is not in the package: a test reads it to know what is bundled. */
const sourceList = 'dist/bundled-sources.json';

/**
 * Packages that others import, and that are never called here: Fastify has compilers of ours (server/http/schema-controller.ts), `mcp` asks
 * nothing that needs a validator, no route lists the files of a folder, and Handlebars writes no source maps. They would be a tenth of the
 * package.
 */
const unused = ['@fastify/ajv-compiler', '@fastify/fast-json-stringify-compiler', 'ajv', 'ajv-formats', 'glob', 'source-map'];

/**
 * Bundles for Node. The code is CommonJS, because Jest cannot load an ES module by its defaults. Each entry point also gets an ES
 * module that exports the same: a process that uses both has each class once, and the package has the code once.
 *
 * @param {string} folder
 * @param {Record<string, string>} entryPoints the path of each entry point in `folder`, without its extension → its source file
 * @returns {Promise<import('esbuild').Metafile>}
 */
export async function bundleForNode(folder, entryPoints) {
  // esbuild splits only ES modules into chunks, so each chunk is converted afterwards.
  const { metafile, outputFiles } = await build({
    bundle: true,
    metafile: true,
    write: false,
    logLevel: 'warning',
    entryPoints,
    outdir: folder,
    outExtension: { '.js': '.cjs' },
    platform: 'node',
    target,
    format: 'esm',
    splitting: true,
    inject: ['server/node-globals.ts'],
    define: { CryptoKey: 'crypto.CryptoKey' },
    // Stack traces need files and lines, not the text of the sources.
    sourcemap: 'inline',
    sourcesContent: false,
    external: ['@playwright/test', 'redis'],
    alias: Object.fromEntries(unused.map((name) => [name, './scripts/unused-package.cjs'])),
  });
  const sources = await Promise.all(outputFiles.map(writeCommonJs));
  writeFileSync(sourceList, JSON.stringify([...new Set(sources.flat())].sort(), null, 2));
  for (const [path, { entryPoint, exports }] of Object.entries(metafile.outputs)) {
    if (Object.values(entryPoints).includes(entryPoint)) writeEsModule(path, exports);
  }
  return metafile;
}

/**
 * @param {import('esbuild').OutputFile} chunk an ES module with an inline source map
 * @returns {Promise<string[]>} the files that it consists of, from the root of the project
 */
async function writeCommonJs({ path, text }) {
  const sources = sourcesOf(text);
  const isOwn = sources.some(isOwnSource);
  const { code, map } = await transform(text, {
    format: 'cjs',
    platform: 'node',
    target,
    // Jest has no import() in CommonJS, and no import.meta.dirname in ES modules.
    supported: { 'dynamic-import': false },
    define: { 'import.meta.dirname': '__dirname' },
    sourcefile: basename(path),
    sourcemap: 'external',
    sourcesContent: false,
    minify: true,
    // `error.name` and the names of functions in stack traces stay as they are.
    keepNames: true,
  });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, isOwn ? `${code}//# sourceMappingURL=${basename(path)}.map\n` : code);
  // Stack traces need maps only for our files. The other maps would be a tenth of the package.
  if (isOwn) writeFileSync(`${path}.map`, shortenSourceMap(map, isOwnSource));
  return sources.map((source) => posix.join(posix.dirname(relative('.', path).replaceAll('\\', '/')), source));
}

/** The files that a chunk with an inline source map consists of. */
function sourcesOf(text) {
  const map = text.slice(text.lastIndexOf('base64,') + 'base64,'.length);
  return JSON.parse(Buffer.from(map, 'base64').toString()).sources;
}

function isOwnSource(source) {
  return /^(?:\.\.\/)+server\//.test(source) && !source.endsWith('/node-globals.ts');
}

/** Writes an ES module beside a CommonJS file. It exports the same names. */
function writeEsModule(path, names) {
  const file = path.replace(/\.cjs$/, '.js');
  const from = `./${basename(path)}`;
  if (names.length > 0) {
    writeFileSync(file, `export { ${names.join(', ')} } from '${from}';\n`);
    return;
  }
  writeFileSync(file, `#!/usr/bin/env node\nimport '${from}';\n`);
  chmodSync(file, 0o755);
}
