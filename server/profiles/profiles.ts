import { resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import Type from 'typebox';
import { isThere } from '../files/is-there.js';
import { FilesInvalidError, ProblemList } from '../files/problem-list.js';
import { readDataFile } from '../files/read-data-file.js';
import { closed } from '../schemas/common.js';
import { findProblems, problemText } from '../schemas/problem.js';
import { type Text, text } from '../texts/text.js';
import { errorAt, placeAndProblem, TextError, textOf } from '../texts/text-error.js';
import { checkPaths, type FindReserved } from './check-paths.js';
import { compileProfile } from './compile.js';
import { type Layer, mergeLayers } from './merge-layers.js';
import type { Profile } from './profile.js';
import { isPath, ProfileFolders, profileNameOf } from './profile-folders.js';
import { Profile as ProfileSchema, type ProfileSource } from './schema.js';
import { closestName, suggestFileName } from './suggest-name.js';

/** A profile after the merge. A message about an unknown field lists the fields that a file may have, and `extends` is one. */
const MergedProfile = Type.Object({ extends: Type.Optional(Type.Never()), ...ProfileSchema.properties }, closed);

/** Profiles that were read again. */
export interface ReadProfiles {
  compiled: Map<string, Profile>;
  /** Name → file of each profile that was opened by its path. */
  paths: Map<string, string>;
}

/** All profiles of an emulator, by name. Each one is read and compiled once, at its first use. */
export class Profiles {
  readonly #folders: ProfileFolders;
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
    this.#folders = new ProfileFolders(folders);
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
   * @throws TextError: the file, the field and what was expected
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
   * @throws TextError: the place, the field and what was expected
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
   * @throws TextError: the file, the field and what was expected
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
    return [...new Set([...this.#folders.names(), ...this.#paths.keys()])].sort();
  }

  /** The file of a profile. Undefined if there is none. */
  fileOf(name: string): string | undefined {
    return this.#paths.get(name) ?? this.#folders.find(name);
  }

  has(name: string): boolean {
    return this.#compiled.has(name) || this.#folders.find(name) !== undefined;
  }

  /**
   * Reads the profiles in use again, and collects their problems.
   * @param added the name or path of a further profile
   * @returns the valid ones, for `use`
   */
  readAgain(problems: ProblemList, added?: string): ReadProfiles & { added?: Profile } {
    const again = new Profiles(this.#folders.paths, this.#baseUrl);
    again.#findReserved = this.#findReserved;
    again.#paths = new Map(this.#paths);
    again.#contents = this.#contents;
    const opened = added === undefined ? undefined : problems.try(() => again.open(added));
    // If the added profile is wrong, its problem is known.
    const isKnown = (name: string) =>
      opened === undefined && added !== undefined && (name === added || this.#paths.get(name) === resolve(added));
    for (const name of this.#compiled.keys()) if (!isKnown(name)) problems.try(() => again.get(name));
    for (const file of again.#files) this.#files.add(file);
    return { compiled: again.#compiled, paths: again.#paths, ...(opened && { added: opened }) };
  }

  /** Replaces the profiles in use. */
  use({ compiled, paths }: ReadProfiles): void {
    this.#compiled = compiled;
    this.#paths = paths;
  }

  #load(name: string): Profile {
    const found = this.fileOf(name);
    if (found === undefined) throw this.#unknown(name);
    const profile = this.#loadFile(found);
    if (profile.name === name) return profile;
    const code = this.#paths.has(name) ? 'profile-name-changed' : 'profile-name-wrong';
    throw errorInFile(found, 'name', text(code, { name, value: profile.name }));
  }

  #loadFile(path: string): Profile {
    if (!this.#contents.has(path) && !isThere(path)) throw errorAt(path, text('profile-missing'));
    const layers = this.#readLayers(path, []);
    const result = this.#compile(layers);
    if ('problems' in result) throw new FilesInvalidError(result.problems.map((problem) => this.#placed(layers, problem)));
    return result.profile;
  }

  /** @param problem at the place of its field */
  #placed(layers: readonly Layer[], problem: Text): Text {
    const path = this.#findInvalidFile(layers, problem);
    const { place: field = '' } = placeAndProblem(problem);
    const placed = this.#contents.has(path) ? problem : readDataFile(path).placed(field.split('.'), problem);
    return text('problem-at', { place: path, problem: placed });
  }

  #compile(layers: readonly Layer[]): { profile: Profile } | { problems: Text[] } {
    const source = mergeLayers(layers);
    const problems = findProblems(MergedProfile, source);
    if (problems.length > 0) return { problems: problems.map((problem) => problemText(problem, 'the-profile')) };
    try {
      const profile = compileProfile(source as ProfileSource, this.#baseUrl);
      checkPaths(profile, this.#findReserved);
      return { profile };
    } catch (error) {
      return { problems: [textOf(error)] };
    }
  }

  /** The file that causes a problem: the first extended file that has the same problem on its own, else the profile's own file. */
  #findInvalidFile([first, ...extended]: readonly Layer[], problem: Text): string {
    const result = extended.length > 0 ? this.#compile(extended) : undefined;
    const own = result !== undefined && 'problems' in result ? result.problems : [];
    return own.some((other) => isDeepStrictEqual(other, problem))
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
    if (extendedBy.includes(path)) throw errorInFile(path, 'extends', text('extends-itself'));
    const found = typeof parent === 'string' ? this.#findExtended(parent) : undefined;
    if (found === undefined)
      throw errorInFile(
        path,
        'extends',
        text('extends-unknown', { known: this.#suggest(String(parent), path), value: JSON.stringify(parent) }),
      );
    return [{ path, content: named }, ...this.#readLayers(found, [...extendedBy, path])];
  }

  /** @param orPath a path is expected too */
  #unknown(wallet: string, orPath = false): TextError {
    if (isPath(wallet)) return new TextError(text('wallet-by-path', { known: this.names() }));
    const file = this.#folders.findMisnamed(wallet);
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
    if (isPath(parent)) return isThere(parent) ? resolve(parent) : undefined;
    return this.#folders.find(parent);
  }
}

function errorInFile(path: string, field: string, problem: Text): TextError {
  return errorAt(path, text('problem-at', { place: field, problem }));
}
