import { existsSync, readdirSync } from 'node:fs';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { ProblemList } from '../files/problem-list.js';
import { readJsonFile } from '../files/read-file.js';
import { findProblem, problemText } from '../schemas/problem.js';
import { checkPaths, type FindReserved } from './check-paths.js';
import { compileProfile } from './compile.js';
import { type Layer, mergeLayers } from './merge-layers.js';
import type { Profile } from './profile.js';
import { Profile as ProfileSchema, type ProfileSource } from './schema.js';
import { closestName, suggestFileName } from './suggest-name.js';

/** All profiles of an emulator. Each one is read and compiled once, at its first use. */
export class Profiles {
  readonly #folders: readonly string[];
  readonly #baseUrl: () => string;
  #compiled = new Map<string, Profile>();
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
   * @param wallet a profile's name, or a path to its file
   * @throws Error in one line: the file, the field and what was expected
   */
  get(wallet: string): Profile {
    let profile = this.#compiled.get(wallet);
    if (profile === undefined) {
      profile = this.#load(wallet);
      this.#compiled.set(wallet, profile);
    }
    return profile;
  }

  /** The files of all profiles that were loaded, and of those that they extend. */
  get files(): readonly string[] {
    return [...this.#files];
  }

  /** The names of all profiles in the folders, sorted. */
  names(): string[] {
    const files = this.#folders.flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : []));
    return [...new Set(files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length)))].sort();
  }

  has(wallet: string): boolean {
    return this.#compiled.has(wallet) || this.#find(wallet) !== undefined;
  }

  /**
   * Reads the profiles in use again, and collects their problems.
   * @param added the name or path of a further profile
   * @returns the valid ones, for `use`
   */
  readAgain(problems: ProblemList, added?: string): Map<string, Profile> {
    const compiled = new Map<string, Profile>();
    for (const wallet of new Set([...this.#compiled.keys(), ...(added === undefined ? [] : [added])])) {
      const profile = problems.try(() => this.#load(wallet));
      if (profile !== undefined) compiled.set(wallet, profile);
    }
    return compiled;
  }

  /** Replaces the profiles in use. */
  use(compiled: Map<string, Profile>): void {
    this.#compiled = compiled;
  }

  #load(wallet: string): Profile {
    const found = this.#find(wallet);
    if (found === undefined) throw this.#unknown(wallet);
    const layers = this.#readLayers(found, []);
    const result = this.#compile(layers);
    if ('problem' in result) throw new Error(`${this.#findInvalidFile(layers, result.problem)}: ${result.problem}`);
    const { profile } = result;
    if (!isPath(wallet) && profile.name !== wallet)
      throw new Error(`${found}: name: expected "${wallet}" like the file, got "${profile.name}"`);
    return profile;
  }

  #compile(layers: readonly Layer[]): { profile: Profile } | { problem: string } {
    const source = mergeLayers(layers);
    const problem = findProblem(ProfileSchema, source);
    if (problem !== undefined) return { problem: problemText(problem, 'the profile') };
    try {
      const profile = compileProfile(source as ProfileSource, this.#baseUrl);
      checkPaths(profile, this.#findReserved);
      return { profile };
    } catch (error) {
      return { problem: (error as Error).message };
    }
  }

  /** The file that causes a problem: the first extended file that has the same problem on its own, else the profile's own file. */
  #findInvalidFile([first, ...extended]: readonly Layer[], problem: string): string {
    const result = extended.length > 0 ? this.#compile(extended) : undefined;
    return result !== undefined && 'problem' in result && result.problem === problem
      ? this.#findInvalidFile(extended, problem)
      : (first as Layer).path;
  }

  /** Reads a profile's file and the files that it extends, in this order. */
  #readLayers(path: string, extendedBy: readonly string[]): Layer[] {
    this.#files.add(path);
    const content = readJsonFile(path);
    if (typeof content !== 'object' || content === null || Array.isArray(content)) return [{ path, content }];
    // A profile without a name is named after its file, not after the profile that it extends.
    const named = { name: basename(path, '.json'), ...content };
    if (!('extends' in content)) return [{ path, content: named }];
    const { extends: parent } = content;
    if (extendedBy.includes(path)) throw new Error(`${path}: extends: expected another profile, but this one extends itself`);
    const found = typeof parent === 'string' ? this.#find(parent) : undefined;
    if (found === undefined)
      throw new Error(`${path}: extends: expected ${this.#suggest(String(parent), path)}, got ${JSON.stringify(parent)}`);
    return [{ path, content: named }, ...this.#readLayers(found, [...extendedBy, path])];
  }

  #unknown(wallet: string): Error {
    if (isPath(wallet)) return new Error(`${resolve(wallet)}: the file does not exist; expected a profile`);
    const file = this.#folders
      .map((folder) => join(folder, `${wallet}.json`))
      .find((path) => this.names().includes(wallet) && existsSync(path));
    return file === undefined
      ? new Error(`unknown wallet "${wallet}": expected ${this.#suggest(wallet)}, or a path to a profile`)
      : new Error(
          `${file}: expected a file name of lower-case letters, digits and hyphens, such as ${suggestFileName(wallet)}.json`,
        );
  }

  /** Lists the known names, the closest one first. @param except a file whose name is left out */
  #suggest(wallet: string, except = ''): string {
    const names = this.names().filter((name) => basename(except) !== `${name}.json`);
    const closest = closestName(wallet, names);
    return closest === undefined ? `one of ${names.join(', ')}` : `${closest}, or another of ${names.join(', ')}`;
  }

  /** @returns the path of the profile's file, or undefined if there is none */
  #find(wallet: string): string | undefined {
    return this.#candidates(wallet).find((path) => existsSync(path));
  }

  /** The files that may hold a profile. A name cannot lead out of the folders. */
  #candidates(wallet: string): string[] {
    if (isPath(wallet)) return [resolve(wallet)];
    return /^[a-z0-9][a-z0-9-]*$/.test(wallet) ? this.#folders.map((folder) => join(folder, `${wallet}.json`)) : [];
  }
}

/** Whether the name of a wallet is a path to a profile. */
export function isPath(wallet: string): boolean {
  return wallet.endsWith('.json') || isAbsolute(wallet);
}
