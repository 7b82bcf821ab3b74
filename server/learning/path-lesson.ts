import type { Difference } from '../comparison/difference.js';
import type { ProfileSource } from '../profiles/schema.js';
import { text } from '../texts/text.js';
import type { Lesson } from './lesson.js';

/** Adds the path to the operation that the call looks like. The known paths stay: the recording does not show that they are gone. */
export const learnPath: Lesson<'path-unknown'> = (source, { platform: path, operation: name }, all) => {
  const operation = name === undefined ? undefined : source.operations[name];
  if (operation === undefined) return text('unlearned-path', { path });
  learnPrefixes(source, all);
  const { prefix, rest, known } = splitPath(source, path, operation.paths);
  const other = Object.entries(source.operations).find(([own, { paths }]) => own !== name && paths.includes(rest));
  if (other !== undefined) return text('unlearned-path-taken', { path, operation: other[0] });
  if (!known) source.prefixes = [...prefixesOf(source), prefix];
  operation.paths = [rest, ...operation.paths.filter((other) => other !== rest)];
  return undefined;
};

/** Adds the prefixes of the paths that are known but for their prefix, so that the other paths are divided at the same place. */
function learnPrefixes(source: ProfileSource, all: readonly Difference[]): void {
  for (const difference of all) {
    if (difference.code !== 'path-unknown') continue;
    const own = source.operations[difference.operation ?? '']?.paths.find((path) => difference.platform.endsWith(path));
    const prefix = own && difference.platform.slice(0, -own.length);
    if (prefix !== undefined && !prefixesOf(source).includes(prefix)) source.prefixes = [prefix, ...prefixesOf(source)];
  }
}

/** Divides a path into its prefix and the rest. `known` is false if the profile does not have the prefix yet. */
function splitPath(source: ProfileSource, path: string, paths: readonly string[]) {
  const bySize = prefixesOf(source).toSorted((one, other) => other.length - one.length);
  const usual = paths.find((own) => path.endsWith(own));
  if (usual !== undefined) {
    const prefix = path.slice(0, -usual.length);
    return { prefix, rest: usual, known: bySize.includes(prefix) };
  }
  const prefix = bySize.find((own) => path.startsWith(`${own}/`));
  return { prefix: prefix ?? '', rest: path.slice((prefix ?? '').length), known: prefix !== undefined };
}

function prefixesOf({ prefixes = [''] }: ProfileSource): readonly string[] {
  return prefixes;
}
