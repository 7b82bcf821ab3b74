import { type Dirent, readdirSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';
import { unreadableFolder } from '../files/unreadable-folder.js';
import { closestName } from '../profiles/suggest-name.js';
import { fixtureKinds, oneFile } from '../records/fixture-folder.js';

/** The files of a folder of fixtures, without extension. */
const fixtureFiles: readonly string[] = [...fixtureKinds, oneFile];
const walletsFolder = 'wallets';
const dataFile = /\.(jsonc?|json5|ya?ml|toml|csv)$/i;
const fixtureExtension = /\.(json|ya?ml)$/;
const profileFile = /^[a-z0-9][a-z0-9-]*\.(json|ya?ml)$/;
/** Files that other programs read. */
const foreignFile = /^(package|package-lock|tsconfig.*|billetera\.config|.*\.schema)\.json$/;

/** The possible contents of a folder of fixtures, in words. Each file can also be YAML. */
export const fixtureNames = `${fixtureFiles.map((name) => `${name}.json`).join(', ')}, ${walletsFolder}/`;

/** Returns true if a folder has at least one file or folder of fixtures, or cannot be read: what is in it must not be ignored. */
export function hasFixtures(folder: string): boolean {
  if (unreadableFolder(folder) !== undefined) return true;
  return entriesOf(folder).some(({ name }) => name === walletsFolder || isFixtureFile(name));
}

/**
 * Finds the data files in a folder of fixtures that nothing reads. Often their names are misspelt.
 * @param usedElsewhere files that are read because an option names them
 * @returns one line for each file; none if the folder does not exist
 */
export function unreadFileWarnings(folder: string, usedElsewhere: readonly string[] = []): string[] {
  const used = new Set(usedElsewhere.map((path) => resolve(path)));
  const isUnused = (path: string) => !used.has(resolve(path));
  return [...unreadAtRoot(folder), ...unreadProfiles(join(folder, walletsFolder))]
    .filter(([path]) => isUnused(path))
    .map(([path, advice]) => `${path}: nothing reads this; ${advice}`);
}

function isFixtureFile(name: string): boolean {
  return fixtureExtension.test(name) && fixtureFiles.includes(name.replace(fixtureExtension, ''));
}

type Unread = [path: string, advice: string];

function unreadAtRoot(folder: string): Unread[] {
  return entriesOf(folder).flatMap((entry): Unread[] => {
    const { name } = entry;
    const path = join(folder, name);
    if (entry.isDirectory()) return unreadFolder(path, name);
    if (isFixtureFile(name) || foreignFile.test(name)) return [];
    const stem = name.slice(0, name.length - extname(name).length);
    const meant = closestName(stem, fixtureFiles);
    if (!dataFile.test(name) && !(extname(name) === '' && meant !== undefined)) return [];
    return [[path, meant === undefined ? `expected one of ${fixtureNames}` : `did you mean ${meant}.json?`]];
  });
}

function unreadFolder(path: string, name: string): Unread[] {
  if (name === walletsFolder || !entriesOf(path).some((entry) => dataFile.test(entry.name))) return [];
  return [[path, closestName(name, [walletsFolder]) ? `did you mean ${walletsFolder}/?` : `profiles are in ${walletsFolder}/`]];
}

function unreadProfiles(folder: string): Unread[] {
  return entriesOf(folder).flatMap((entry): Unread[] => {
    const { name } = entry;
    if (!dataFile.test(name) || (profileFile.test(name) && !entry.isDirectory())) return [];
    const meant = `${name.slice(0, -extname(name).length)}.json`;
    return [
      [
        join(folder, name),
        profileFile.test(meant) && meant !== name ? `did you mean ${meant}?` : 'expected a name such as my-wallet.json',
      ],
    ];
  });
}

/** @returns none for a folder that does not exist or cannot be read; hidden files are left out */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'));
  } catch {
    return [];
  }
}
