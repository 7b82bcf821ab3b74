/** Merges a change into a thing (RFC 7396): objects merge, null takes a field away, everything else takes the place of what was. */
export function mergePatch(thing: unknown, change: unknown): unknown {
  if (!isObject(change)) return change;
  const merged = new Map(Object.entries(isObject(thing) ? thing : {}));
  for (const [name, value] of Object.entries(change)) {
    if (value === null) merged.delete(name);
    else merged.set(name, mergePatch(merged.get(name), value));
  }
  return Object.fromEntries(merged);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
