import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';
import Handlebars from 'handlebars';

const folder = 'views/assets';
const helpers = { stylesheets: 'css', scripts: 'js' };

/**
 * Bundles the styles of each page into one file, and its scripts into another, and copies the pictures. A file has the hash of its
 * content in its name. `<outdir>.json` has `lists`, which maps the names that a page lists, such as `base.css console.css`, to the file,
 * `pages`, which maps a page to its files, and `pictures`, which maps a picture to its copy.
 *
 * @param {string} outdir
 */
export async function bundleAssets(outdir) {
  rmSync(outdir, { recursive: true, force: true });
  mkdirSync(outdir, { recursive: true });
  const listsOfPages = readdirSync('views/pages').map((page) => [basename(page, '.hbs'), listsOf(join('views/pages', page))]);
  const names = new Set(listsOfPages.flatMap(([, lists]) => lists));
  const lists = Object.fromEntries(await Promise.all([...names].map(async (list) => [list, await writeBundle(outdir, list)])));
  const pages = Object.fromEntries(listsOfPages.map(([page, own]) => [page, own.map((list) => lists[list])]));
  const pictureNames = readdirSync(folder).filter((file) => file.endsWith('.svg'));
  const pictures = Object.fromEntries(
    pictureNames.map((name) => [name, writeFile(outdir, name, readFileSync(join(folder, name)))]),
  );
  writeFileSync(`${outdir}.json`, `${JSON.stringify({ lists, pages, pictures }, null, 2)}\n`);
}

/** The lists of files that a page names: by `{{stylesheets}}` and `{{scripts}}` in itself, or in its layout. */
function listsOf(page) {
  const { body } = parse(page);
  const layout = body.find(({ type, name }) => type === 'PartialBlockStatement' && existsSync(layoutFile(name)));
  const given = Object.fromEntries(layout?.hash.pairs.map(({ key, value }) => [key, value.value]) ?? []);
  const statements = layout ? parse(layoutFile(layout.name)).body : body;
  return statements
    .filter(({ type, path }) => type === 'MustacheStatement' && path.original in helpers)
    .map(({ path, params }) => {
      const names = params.flatMap(({ type, value, original }) => (type === 'StringLiteral' ? value : (given[original] ?? [])));
      return listOf(names, helpers[path.original]);
    })
    .filter((list) => list !== '');
}

function layoutFile({ original }) {
  return `views/layouts/${original}.hbs`;
}

function parse(file) {
  return Handlebars.parseWithoutProcessing(readFileSync(file, 'utf8'));
}

function listOf(names, extension) {
  return names
    .flatMap((name) => name.split(' '))
    .map((name) => `${name}.${extension}`)
    .join(' ');
}

/** @returns the name of the file */
async function writeBundle(outdir, list) {
  const files = list.split(' ');
  const last = files.at(-1);
  const isScript = last.endsWith('.js');
  const { outputFiles } = await build({
    stdin: {
      contents: files.map((file) => (isScript ? `import './${file}';` : `@import './${file}';`)).join('\n'),
      resolveDir: folder,
      loader: isScript ? 'js' : 'css',
    },
    bundle: true,
    minify: true,
    write: false,
    logLevel: 'warning',
    format: 'esm',
    target: 'es2022',
  });
  const [{ contents }] = outputFiles;
  return writeFile(outdir, basename(last), contents);
}

/** Writes a file with the hash of its content in its name. @returns the name */
function writeFile(outdir, fullName, contents) {
  const hash = createHash('sha256').update(contents).digest('hex').slice(0, 12);
  const [name, extension] = fullName.split('.');
  const file = `${name}-${hash}.${extension}`;
  writeFileSync(join(outdir, file), contents);
  return file;
}
