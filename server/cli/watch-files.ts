import { type BigIntStats, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The files are checked at this interval, in milliseconds of the machine's clock. */
const intervalMs = 200;

/**
 * Calls back when files change. It compares what the paths lead to, instead of asking the system for events: so it notices a file or
 * folder that is deleted and made again, renamed over another, or behind a symbolic link that now leads elsewhere (as in a
 * Kubernetes volume), and it works on network and container file systems.
 *
 * @param paths the files and folders to watch. It is called at the start and after each change. Of a folder, the JSON and YAML files in it and in
 * its subfolders are watched
 * @param changed is called once the files are the same for an interval, because editors save in several steps
 * @returns a function that stops watching
 */
export function watchFiles(paths: () => readonly string[], changed: () => void): () => void {
  let watched = paths();
  let known = stateOf(watched);
  let previous = known;
  const timer = setInterval(() => {
    const current = stateOf(watched);
    const isSettled = current === previous;
    previous = current;
    if (!isSettled || current === known) return;
    changed();
    watched = paths();
    known = stateOf(watched);
    previous = known;
  }, intervalMs);
  return () => clearInterval(timer);
}

/** Everything about files and folders that a change of their content changes. */
function stateOf(paths: readonly string[]): string {
  return paths.map((path) => pathState(path, 2)).join('\n');
}

/** @param depth how many levels of folders to look into */
function pathState(path: string, depth: number): string {
  let stats: BigIntStats;
  try {
    stats = statSync(path, { bigint: true });
  } catch {
    return `${path} missing`;
  }
  if (!stats.isDirectory()) return `${path} ${stats.dev} ${stats.ino} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs}`;
  const isWatched = ({ name, isFolder }: Entry) => isFolder || /\.(json|ya?ml)$/.test(name);
  const entries = depth === 0 ? [] : entriesOf(path);
  return [
    `${path} ${entries.map(({ name }) => name).join(' ')}`,
    ...entries.filter(isWatched).map(({ name }) => pathState(join(path, name), depth - 1)),
  ].join('\n');
}

interface Entry {
  name: string;
  isFolder: boolean;
}

/** Without hidden files. The folders of a Kubernetes volume are hidden; its files are links into them. */
function entriesOf(folder: string): Entry[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules')
      .map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() || entry.isSymbolicLink() }))
      .sort((one, other) => (one.name < other.name ? -1 : 1));
  } catch {
    return [];
  }
}
