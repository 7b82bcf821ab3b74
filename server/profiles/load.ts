import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { mergePatch } from '../schemas/merge-patch.js';
import { findProblem, problemText } from '../schemas/problem.js';
import { type Profile as CompiledProfile, compileProfile } from './compile.js';
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
    if (found === undefined)
      throw new Error(
        `there is no wallet "${wallet}": expected the name of a profile in ${this.#folders.join(' or ')}, or a path to a profile`,
      );
    const { path } = found;
    const source = this.#whole(found, []);
    const problem = findProblem(Profile, source);
    if (problem !== undefined) throw new Error(`${path}: ${problemText(problem, 'the profile')}`);
    try {
      return compileProfile(source as ProfileSource, this.#baseUrl);
    } catch (error) {
      throw new Error(`${path}: ${(error as Error).message}`);
    }
  }

  /** A profile's file laid over the one that it extends, as a JSON Merge Patch (RFC 7396): null takes away. */
  #whole({ path, text }: { path: string; text: string }, heirs: readonly string[]): unknown {
    const own = parse(path, text);
    if (typeof own !== 'object' || own === null || !('extends' in own)) return own;
    const { extends: parent, ...changes } = own;
    if (heirs.includes(path)) throw new Error(`${path}: extends: expected another profile, and this one leads back to itself`);
    const found = typeof parent === 'string' ? this.#find(parent) : undefined;
    if (found === undefined) throw new Error(`${path}: extends: expected the name of a profile, got ${JSON.stringify(parent)}`);
    return mergePatch(this.#whole(found, [...heirs, path]), changes);
  }

  #find(wallet: string): { path: string; text: string } | undefined {
    const isPath = wallet.endsWith('.json') || isAbsolute(wallet);
    const paths = isPath
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

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path}: expected JSON (${(error as Error).message})`);
  }
}
