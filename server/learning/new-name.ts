import type { Difference } from '../comparison/difference.js';
import { formOf } from '../comparison/forms.js';
import { isAlike, isSameData } from '../comparison/is-alike.js';
import { parentOf } from '../comparison/leaves.js';
import { similarity } from '../profiles/suggest-name.js';

/** Names that are less alike are different fields. From 0 to 1. */
const leastSimilarity = 0.3;

interface Field {
  key: string;
  value: unknown;
}

/**
 * Finds the name that a missing field has on the platform: that of a field beside it that only the platform sends. If several fields
 * are missing, each gets the name that is most like its own.
 * @returns undefined if no name is like it
 */
export function findNewName(
  { operation, place = '' }: Pick<Difference, 'operation' | 'place'>,
  all: readonly Difference[],
): string | undefined {
  const { parent, key } = parentOf(place);
  const beside = all.filter((other) => other.operation === operation && parentOf(other.place ?? '').parent === parent);
  const missing = beside.flatMap((other) => (isMissing(other) ? [fieldOf(other.place, other.emulator)] : []));
  const extra = beside.flatMap((other) => (isExtra(other) ? [fieldOf(other.place, other.platform)] : []));
  return pairs(missing, extra).get(key);
}

function isMissing({ code, platform }: Difference): boolean {
  return code === 'response-field-missing' || (code === 'scope-reads' && platform === undefined);
}

function isExtra({ code, emulator }: Difference): boolean {
  return code === 'response-field-extra' || (code === 'scope-reads' && emulator === undefined);
}

function fieldOf(place: string | undefined, value: unknown): Field {
  return { key: parentOf(place ?? '').key, value };
}

/** Pairs names, the most similar ones first. */
function pairs(missing: readonly Field[], extra: readonly Field[]): Map<string, string> {
  const candidates = missing
    .flatMap((own) => extra.filter((other) => isAlike(other.value, own.value)).map((other) => ({ own, other })))
    .map(({ own, other }) => ({ from: own.key, to: other.key, likeness: likenessOf(own, other) }))
    .filter(({ likeness }) => likeness >= leastSimilarity)
    .sort((one, other) => other.likeness - one.likeness);
  const paired = new Map<string, string>();
  const taken = new Set<string>();
  for (const { from, to } of candidates) {
    if (paired.has(from) || taken.has(to)) continue;
    paired.set(from, to);
    taken.add(to);
  }
  return paired;
}

/** Equal values, and values of a special form such as a time or a JWT, belong together whatever their names are. */
function likenessOf(own: Field, other: Field): number {
  if (isSameData(own.value, other.value)) return 1;
  const likeness = similarity(own.key, other.key);
  return hasSpecialForm(own.value) ? Math.max(likeness, leastSimilarity) : likeness;
}

function hasSpecialForm(value: unknown): boolean {
  return (
    typeof value === 'string' && ['time', 'epoch-ms', 'jwt', 'masked', 'hash', 'address', 'date'].includes(formOf(value).kind)
  );
}

/** The one name of several that is most like a field's; undefined if none is like it. */
export function closestName(key: string, names: readonly string[]): string | undefined {
  const [closest] = names
    .map((name) => ({ name, likeness: similarity(key, name) }))
    .filter(({ likeness }) => likeness >= leastSimilarity)
    .sort((one, other) => other.likeness - one.likeness);
  return closest?.name;
}
