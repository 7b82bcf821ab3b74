import { existsSync, readdirSync } from 'node:fs';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { FilesInvalidError, ProblemList } from '../files/problem-list.js';
import { dataExtensions, readDataFile } from '../files/read-data-file.js';
import { unreadableFolder } from '../files/unreadable-folder.js';
import { findProblems, problemText } from '../schemas/problem.js';
import { type Text, text } from '../texts/text.js';
import { TextError } from '../texts/text-error.js';
import { inEnglish } from '../texts/write-text.js';
import { checkPaths, type FindReserved } from './check-paths.js';
import { compileProfile } from './compile.js';
import { type Layer, mergeLayers } from './merge-layers.js';
import type { Profile } from './profile.js';
import { Profile as ProfileSchema, type ProfileSource } from './schema.js';
import { closestName, suggestFileName } from './suggest-name.js';

/** Profiles that were read again. */
export interface ReadProfiles {
  compiled: Map<string, Profile>;
  /** Name → file of each profile that was opened by its path. */
  paths: Map<string, string>;
}

/** All profiles of an emulator, by name. Each one is read and compiled once, at its first use. */
export class Profiles {
  readonly #folders: readonly string[];
  readonly #baseUrl: () => string;
  #compiled = new Map<string, Profile>();
  #paths = new Map<string, string>();
  /** Place → content of each profile that is part of another file. */
  #contents = new Map<string, object>();
  readonly #files = new Set<string>();
  #findReserved: FindReserved = () => undefined;

  /**
   * @param folders where profiles are found by name. The first folder that has a file wins.
   * @param baseUrl returns the emulator's address. It is called when an answer needs it.
   */
  constructor(folders: readonly string[], baseUrl: () => string) {
    this.#folders = folders;
    this.#baseUrl = baseUrl;
  }

  /**
   * Sets the paths that no profile may have, and checks the profiles in use.
   * @throws FilesInvalidError if profiles have such a path
   */
  reserve(findReserved: FindReserved): void {
    this.#findReserved = findReserved;
    const problems = new ProblemList();
    const checked = this.readAgain(problems);
    problems.throwIfAny();
    this.use(checked);
  }

  /**
   * Opens the profile that an option names. Its name is known from then on, also if it is in none of the folders.
   * @param wallet a profile's name, or a path to its file
   * @throws Error in one line: the file, the field and what was expected
   */
  open(wallet: string): Profile {
    if (!isPath(wallet)) {
      if (!this.has(wallet)) throw this.#unknown(wallet, true);
      return this.get(wallet);
    }
    const profile = this.#loadFile(resolve(wallet));
    this.#compiled.set(profile.name, profile);
    this.#paths.set(profile.name, resolve(wallet));
    return profile;
  }

  /**
   * Opens a profile that is part of another file. Its name is known from then on.
   * @param place where it is, for errors
   * @throws Error in one line: the place, the field and what was expected
   */
  openContent(place: string, content: object): Profile {
    this.#contents.set(place, content);
    const profile = this.#loadFile(place);
    this.#compiled.set(profile.name, profile);
    this.#paths.set(profile.name, place);
    return profile;
  }

  /**
   * @param name a profile's name. A path is not accepted, because callers of the control API must not read files by their paths
   * @throws Error in one line: the file, the field and what was expected
   */
  get(name: string): Profile {
    let profile = this.#compiled.get(name);
    if (profile === undefined) {
      profile = this.#load(name);
      this.#compiled.set(name, profile);
    }
    return profile;
  }

  /** The files of all profiles that were loaded, and of those that they extend. */
  get files(): readonly string[] {
    return [...this.#files];
  }

  /** The names of all profiles: those in the folders, and those that were opened by a path. Sorted. */
  names(): string[] {
    const files = this.#folders.flatMap(filesIn);
    const names = files.filter((file) => isDataFile(file)).map(profileNameOf);
    return [...new Set([...names, ...this.#paths.keys()])].sort();
  }

  has(name: string): boolean {
    return this.#compiled.has(name) || this.#findByName(name) !== undefined;
  }

  /**
   * Reads the profiles in use again, and collects their problems.
   * @param added the name or path of a further profile
   * @returns the valid ones, for `use`
   */
  readAgain(problems: ProblemList, added?: string): ReadProfiles & { added?: Profile } {
    const again = new Profiles(this.#folders, this.#baseUrl);
    again.#findReserved = this.#findReserved;
    again.#paths = new Map(this.#paths);
    again.#contents = this.#contents;
    for (const name of this.#compiled.keys()) problems.try(() => again.get(name));
    const opened = added === undefined ? undefined : problems.try(() => again.open(added));
    for (const file of again.#files) this.#files.add(file);
    return { compiled: again.#compiled, paths: again.#paths, ...(opened && { added: opened }) };
  }

  /** Replaces the profiles in use. */
  use({ compiled, paths }: ReadProfiles): void {
    this.#compiled = compiled;
    this.#paths = paths;
  }

  #load(name: string): Profile {
    const found = this.#paths.get(name) ?? this.#findByName(name);
    if (found === undefined) throw this.#unknown(name);
    const profile = this.#loadFile(found);
    if (profile.name === name) return profile;
    const expected = this.#paths.has(name) ? 'until a restart' : 'like the file';
    throw new Error(`${found}: name: expected "${name}" ${expected}, got "${profile.name}"`);
  }

  #loadFile(path: string): Profile {
    if (!this.#contents.has(path) && !existsSync(path)) throw new Error(`${path}: the file does not exist; expected a profile`);
    const layers = this.#readLayers(path, []);
    const result = this.#compile(layers);
    if ('problems' in result) throw new FilesInvalidError(result.problems.map((problem) => this.#placed(layers, problem)));
    return result.profile;
  }

  /** @param problem begins with the path of its field */
  #placed(layers: readonly Layer[], problem: string): string {
    const path = this.#findInvalidFile(layers, problem);
    const [field = ''] = problem.split(':');
    const place = this.#contents.has(path) ? '' : readDataFile(path).placeOf(field.split('.'));
    return `${path}: ${place}${problem}`;
  }

  #compile(layers: readonly Layer[]): { profile: Profile } | { problems: string[] } {
    const source = mergeLayers(layers);
    const problems = findProblems(ProfileSchema, source);
    if (problems.length > 0) return { problems: problems.map((problem) => inEnglish(problemText(problem, 'the-profile'))) };
    try {
      const profile = compileProfile(source as ProfileSource, this.#baseUrl);
      checkPaths(profile, this.#findReserved);
      return { profile };
    } catch (error) {
      return { problems: [(error as Error).message] };
    }
  }

  /** The file that causes a problem: the first extended file that has the same problem on its own, else the profile's own file. */
  #findInvalidFile([first, ...extended]: readonly Layer[], problem: string): string {
    const result = extended.length > 0 ? this.#compile(extended) : undefined;
    return result !== undefined && 'problems' in result && result.problems.includes(problem)
      ? this.#findInvalidFile(extended, problem)
      : (first as Layer).path;
  }

  /** Reads a profile's file and the files that it extends, in this order. */
  #readLayers(path: string, extendedBy: readonly string[]): Layer[] {
    const known = this.#contents.get(path);
    if (known === undefined) this.#files.add(path);
    const content = known ?? readDataFile(path).content;
    if (typeof content !== 'object' || content === null || Array.isArray(content)) return [{ path, content }];
    // A profile without a name is named after its file, not after the profile that it extends.
    const named = { name: profileNameOf(path), ...content };
    if (!('extends' in content)) return [{ path, content: named }];
    const { extends: parent } = content;
    if (extendedBy.includes(path)) throw new Error(`${path}: extends: expected another profile, but this one extends itself`);
    const found = typeof parent === 'string' ? this.#findExtended(parent) : undefined;
    if (found === undefined)
      throw new Error(
        `${path}: extends: expected ${inEnglish(this.#suggest(String(parent), path))}, got ${JSON.stringify(parent)}`,
      );
    return [{ path, content: named }, ...this.#readLayers(found, [...extendedBy, path])];
  }

  /** @param orPath a path is expected too */
  #unknown(wallet: string, orPath = false): TextError {
    if (isPath(wallet)) return new TextError(text('wallet-by-path', { known: this.names() }));
    const file = this.#folders
      .flatMap((folder) => dataExtensions.map((extension) => join(folder, `${wallet}${extension}`)))
      .find((path) => this.names().includes(wallet) && existsSync(path));
    if (file !== undefined) return new TextError(text('wallet-file-name', { file, example: `${suggestFileName(wallet)}.json` }));
    const code = orPath ? 'wallet-path-unknown' : 'wallet-unknown';
    return new TextError(text(code, { wallet, known: this.#suggest(wallet) }));
  }

  /** Lists the known names, the closest one first. @param except a file whose name is left out */
  #suggest(wallet: string, except = ''): Text {
    const names = this.names().filter((name) => profileNameOf(except) !== name);
    const closest = closestName(wallet, names);
    return closest === undefined ? text('one-of', { values: names }) : text('closest-of', { closest, others: names });
  }

  /** The file of a profile that another one extends, by name or by path. */
  #findExtended(parent: string): string | undefined {
    if (isPath(parent)) return existsSync(parent) ? resolve(parent) : undefined;
    return this.#findByName(parent);
  }

  /** The file of a profile in the folders. A name cannot lead out of them. */
  #findByName(name: string): string | undefined {
    if (!/^[a-z0-9][a-z0-9-]*$/.test(name)) return undefined;
    return this.#folders
      .flatMap((folder) => dataExtensions.map((extension) => join(folder, `${name}${extension}`)))
      .find((path) => existsSync(path));
  }
}

/** Returns true if the name of a wallet is a path to a profile. */
export function isPath(wallet: string): boolean {
  return isDataFile(wallet) || isAbsolute(wallet);
}

/** The files in a folder; none if it does not exist, or cannot be read, which the fixtures tell. */
function filesIn(folder: string): string[] {
  return existsSync(folder) && unreadableFolder(folder) === undefined ? readdirSync(folder) : [];
}

function isDataFile(path: string): boolean {
  return dataExtensions.some((extension) => path.endsWith(extension));
}

/** The name of a profile that does not say its name. */
function profileNameOf(path: string): string {
  return basename(
    path,
    dataExtensions.find((extension) => path.endsWith(extension)),
  );
}
