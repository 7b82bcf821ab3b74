import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, isAbsolute, join, resolve } from 'node:path';
import { findProblem, problemText } from '../schemas/problem.js';
import { type Profile as CompiledProfile, compileProfile } from './compile.js';
import { type Layer, mergeLayers } from './layers.js';
import { fileNameFor, nearest } from './names.js';
import { Profile, type ProfileSource } from './schema.js';

/** Where profiles are looked for by name, the first folder that has it ahead. */
export type WalletFolders = readonly string[];

/** All profiles of an emulator: each is read and compiled at first use, and once. */
export class Profiles {
  readonly #folders: WalletFolders;
  readonly #baseUrl: () => string;
  #compiled = new Map<string, CompiledProfile>();

  constructor(folders: WalletFolders, baseUrl: () => string) {
    this.#folders = folders;
    this.#baseUrl = baseUrl;
  }

  /**
   * @param wallet a profile's name, or a path to its file
   * @throws Error in one line: the file, the place in it and what was expected
   */
  get(wallet: string): CompiledProfile {
    let profile = this.#compiled.get(wallet);
    if (profile === undefined) {
      profile = this.#load(wallet);
      this.#compiled.set(wallet, profile);
    }
    return profile;
  }

  /** The names of all profiles that there are. */
  names(): string[] {
    const files = this.#folders.flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : []));
    return [...new Set(files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length)))].sort();
  }

  has(wallet: string): boolean {
    return this.#compiled.has(wallet) || this.#find(wallet) !== undefined;
  }

  /** Reads the profiles in use again. @throws Error in one line for a bad one; what was loaded stays then */
  reload(): void {
    this.#compiled = new Map(Array.from(this.#compiled.keys(), (wallet) => [wallet, this.#load(wallet)]));
  }

  #load(wallet: string): CompiledProfile {
    const found = this.#find(wallet);
    if (found === undefined) throw this.#unknown(wallet);
    const layers = this.#layers(found, []);
    const result = this.#compile(layers);
    if ('problem' in result) throw new Error(`${this.#culprit(layers, result.problem)}: ${result.problem}`);
    const { profile } = result;
    if (!isPath(wallet) && profile.name !== wallet)
      throw new Error(`${found.path}: name: expected "${wallet}", as the file is called, got "${profile.name}"`);
    return profile;
  }

  #compile(layers: readonly Layer[]): { profile: CompiledProfile } | { problem: string } {
    const source = mergeLayers(layers);
    const problem = findProblem(Profile, source);
    if (problem !== undefined) return { problem: problemText(problem, 'the profile') };
    try {
      return { profile: compileProfile(source as ProfileSource, this.#baseUrl) };
    } catch (error) {
      return { problem: (error as Error).message };
    }
  }

  /** The file that is to blame: the last whose profile has the problem without its heirs too. */
  #culprit([heir, ...parents]: readonly Layer[], problem: string): string {
    const theirs = parents.length > 0 ? this.#compile(parents) : undefined;
    return theirs !== undefined && 'problem' in theirs && theirs.problem === problem
      ? this.#culprit(parents, problem)
      : (heir as Layer).path;
  }

  /** A profile's file and those that it extends, one behind the other. */
  #layers({ path, text }: { path: string; text: string }, heirs: readonly string[]): Layer[] {
    const own = parse(path, text);
    if (typeof own !== 'object' || own === null || Array.isArray(own)) return [{ path, own }];
    // A name that is left out is the file's, and not that of the profile that it extends.
    const named = { name: basename(path, '.json'), ...own };
    if (!('extends' in own)) return [{ path, own: named }];
    const { extends: parent } = own;
    if (heirs.includes(path)) throw new Error(`${path}: extends: expected another profile, and this one leads back to itself`);
    const found = typeof parent === 'string' ? this.#find(parent) : undefined;
    if (found === undefined)
      throw new Error(`${path}: extends: expected ${this.#known(String(parent), path)}, got ${JSON.stringify(parent)}`);
    return [{ path, own: named }, ...this.#layers(found, [...heirs, path])];
  }

  #unknown(wallet: string): Error {
    if (isPath(wallet)) return new Error(`${resolve(wallet)}: expected a profile, and there is no such file`);
    const file = this.#folders
      .map((folder) => join(folder, `${wallet}.json`))
      .find((path) => this.names().includes(wallet) && existsSync(path));
    return file === undefined
      ? new Error(`there is no wallet "${wallet}": expected ${this.#known(wallet)}, or a path to a profile`)
      : new Error(`${file}: expected a file name of lower-case letters, digits and hyphens, such as ${fileNameFor(wallet)}.json`);
  }

  /** The names that there are, for who gave another: the one that comes nearest first. @param but a file that is not meant */
  #known(wallet: string, but = ''): string {
    const names = this.names().filter((name) => basename(but) !== `${name}.json`);
    const near = nearest(wallet, names);
    return near === undefined ? `one of ${names.join(', ')}` : `${near}, or another of ${names.join(', ')}`;
  }

  #find(wallet: string): { path: string; text: string } | undefined {
    const paths = isPath(wallet)
      ? [resolve(wallet)]
      : /^[a-z0-9][a-z0-9-]*$/.test(wallet)
        ? this.#folders.map((folder) => join(folder, `${wallet}.json`))
        : [];
    for (const path of paths) {
      try {
        // A device, or what the system makes up as it is read, could be read for ever.
        const file = statSync(path);
        if (!file.isFile() || file.size === 0) throw new Error('it is none, or empty');
        return { path, text: readFileSync(path, 'utf8') };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
          throw new Error(`${path}: expected a readable file (${(error as Error).message})`);
      }
    }
    return undefined;
  }
}

function isPath(wallet: string): boolean {
  return wallet.endsWith('.json') || isAbsolute(wallet);
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path}: expected JSON (${(error as Error).message})`);
  }
}
