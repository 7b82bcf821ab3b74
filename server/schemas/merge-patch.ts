import { isDeepStrictEqual } from 'node:util';

/** Applies a merge patch (RFC 7396): objects are merged, null removes a field, and any other value replaces the old one. */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged = new Map(Object.entries(isObject(target) ? target : {}));
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else merged.set(name, mergePatch(merged.get(name), value));
  }
  return Object.fromEntries(merged);
}

/**
 * Returns the merge patch that makes one value from another. The order of fields does not matter to it.
 * @param to has no null, which a merge patch cannot write
 */
export function mergePatchBetween(from: unknown, to: unknown): unknown {
  if (!isObject(from) || !isObject(to)) return to;
  const patch = new Map<string, unknown>();
  for (const name of Object.keys(from)) if (!Object.hasOwn(to, name)) patch.set(name, null);
  for (const [name, value] of Object.entries(to)) {
    if (!Object.hasOwn(from, name)) patch.set(name, value);
    else if (!isDeepStrictEqual(from[name], value)) patch.set(name, mergePatchBetween(from[name], value));
  }
  return Object.fromEntries(patch);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
