/** The place of a profile's sources in a file that is not checked yet. */
interface WithSources {
  name?: unknown;
  sources?: unknown;
}

const namedTopics = ['operations', 'jsapis', 'scopes'] as const;
const otherTopics = ['signature', 'codes', 'lifetimes', 'notifications'] as const;

/**
 * The sources that a profile has before its own are merged in. A page about the extended wallet says nothing about this one, so what is
 * known there is only inferred here. What the extended wallet has and the emulator lacks is not inherited.
 * @param extended the profile that is extended. It is not checked yet: a value that is no source stays, and is reported later
 * @param changes the content of the profile that extends it
 */
export function inheritSources({ name, sources }: WithSources, changes: Record<string, unknown>): unknown {
  if (!isObject(sources)) return sources;
  const { notEmulated: _, ...inherited } = sources;
  for (const topic of namedTopics) {
    const lists = inherited[topic];
    if (!isObject(lists)) continue;
    const kept = Object.entries(lists).filter(([key]) => !isRemoved(changes[topic], key));
    inherited[topic] = Object.fromEntries(kept.map(([key, list]) => [key, inferred(list, name)]));
  }
  for (const topic of otherTopics) if (inherited[topic] !== undefined) inherited[topic] = inferred(inherited[topic], name);
  return inherited;
}

/** A part that was inferred for the extended wallet stays inferred from the same one. */
function inferred(list: unknown, wallet: unknown): unknown {
  if (!Array.isArray(list)) return list;
  return list.every((source) => isObject(source) && source.kind === 'inferred') ? list : [{ kind: 'inferred', wallet }];
}

function isRemoved(changes: unknown, key: string): boolean {
  return isObject(changes) && changes[key] === null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
