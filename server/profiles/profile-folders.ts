import { existsSync, readdirSync } from 'node:fs';
import { basename, isAbsolute, join } from 'node:path';
import { isThere } from '../files/is-there.js';
import { dataExtensions } from '../files/read-data-file.js';
import { unreadableFolder } from '../files/unreadable-folder.js';

/** The folders in which profiles are found by name. */
export class ProfileFolders {
  /** @param paths the first folder that has a file wins */
  constructor(readonly paths: readonly string[]) {}

  /** The names of all profiles, also of those whose files cannot be found by them. */
  names(): string[] {
    const files = this.paths.flatMap(filesIn);
    return files.filter(isDataFile).map(profileNameOf);
  }

  /** The file of a profile. A name cannot lead out of the folders. */
  find(name: string): string | undefined {
    return /^[a-z0-9][a-z0-9-]*$/.test(name) ? this.#fileOf(name) : undefined;
  }

  /** A file that is there, but that `find` does not find, because its name has other characters. */
  findMisnamed(name: string): string | undefined {
    return this.names().includes(name) ? this.#fileOf(name) : undefined;
  }

  #fileOf(name: string): string | undefined {
    return this.paths.flatMap((folder) => dataExtensions.map((extension) => join(folder, `${name}${extension}`))).find(isThere);
  }
}

/** Returns true if the name of a wallet is a path to a profile. */
export function isPath(wallet: string): boolean {
  return isDataFile(wallet) || isAbsolute(wallet);
}

/** The name of a profile that does not say its name. */
export function profileNameOf(path: string): string {
  return basename(
    path,
    dataExtensions.find((extension) => path.endsWith(extension)),
  );
}

/** The files in a folder; none if it does not exist, or cannot be read, which the fixtures tell. */
function filesIn(folder: string): string[] {
  return existsSync(folder) && unreadableFolder(folder) === undefined ? readdirSync(folder) : [];
}

function isDataFile(path: string): boolean {
  return dataExtensions.some((extension) => path.endsWith(extension));
}
