import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

/**
 * @typedef {object} BundledPackage
 * @property {string} id name@version
 * @property {string} name
 * @property {string} version
 * @property {string} licence an SPDX expression
 * @property {string} text the package's licence and notice files
 * @property {string | undefined} integrity `sha512-<Base64>`, from package-lock.json
 * @property {string[]} imports the ids of the bundled packages that it imports
 */

/**
 * The packages whose code is in the bundles, sorted by id.
 *
 * @param {import('esbuild').Metafile[]} metafiles
 * @returns {BundledPackage[]}
 * @throws Error if a package has no licence text
 */
export function bundledPackages(metafiles) {
  const locked = readJson('package-lock.json').packages;
  const folders = bundledFolders(metafiles);
  // Two folders can hold the same version of a package. It counts once.
  const packages = new Map();
  for (const folder of folders) {
    const manifest = readJson(join(folder, 'package.json'));
    packages.set(idOf(manifest), {
      id: idOf(manifest),
      name: manifest.name,
      version: manifest.version,
      licence: manifest.license,
      text: licenceText(folder, manifest),
      integrity: locked[folder]?.integrity,
      imports: importedFolders(folder, metafiles)
        .filter((imported) => folders.has(imported))
        .map((imported) => idOf(readJson(join(imported, 'package.json'))))
        .sort(),
    });
  }
  return [...packages.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function idOf({ name, version }) {
  return `${name}@${version}`;
}

/** The folder of the package that a file belongs to, or undefined for a file of this project. */
function folderOf(path) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
}

function bundledFolders(metafiles) {
  const inputs = metafiles.flatMap(({ outputs }) => Object.values(outputs)).flatMap(({ inputs }) => Object.entries(inputs));
  const folders = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([path]) => folderOf(path));
  return new Set(folders.filter((folder) => folder !== undefined));
}

function importedFolders(folder, metafiles) {
  const files = metafiles.flatMap(({ inputs }) => Object.entries(inputs)).filter(([path]) => folderOf(path) === folder);
  const imported = files.flatMap(([, { imports }]) => imports.map(({ path }) => folderOf(path)));
  return [...new Set(imported)].filter((other) => other !== folder);
}

/** The MIT text is known, so a package under MIT may come without a licence file. */
function licenceText(folder, { name, license, author }) {
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
  if (files.length > 0) return files.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n');
  if (license !== 'MIT')
    throw new Error(`${name} has no licence file; add the text of ${license} to scripts/bundled-packages.mjs`);
  const holder = author?.name ?? author ?? `the ${name} authors`;
  return readFileSync('LICENSE', 'utf8')
    .trim()
    .replace(/^Copyright .*$/m, `Copyright (c) ${holder}`);
}
