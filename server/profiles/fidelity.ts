import { otherScopes } from './check-sources.js';
import type { ProfileSource } from './schema.js';
import { type Source, type SourcesSource, sourceKinds } from './sources-schema.js';

/** The knowledge of something about a wallet. */
export type Knowledge = Source['kind'] | 'not-emulated';

export const knowledgeKinds: readonly Knowledge[] = [...sourceKinds, 'not-emulated'];

/** Something that a wallet has, and how it is known. */
export interface KnownPart {
  topic: keyof SourcesSource;
  /** Operations, JSAPIs or scopes. Empty for a topic that is known as a whole, such as the codes. */
  names: readonly string[];
  knowledge: Knowledge;
  sources: readonly Source[];
}

/**
 * Lists how everything in a profile is known: operations, JSAPIs and scopes in the profile's order, then the rest, then what the
 * wallet has and the profile lacks.
 */
export function fidelityOf({ sources = {}, ...profile }: ProfileSource): KnownPart[] {
  const part = (topic: keyof SourcesSource, names: readonly string[], list: readonly Source[] = []): KnownPart => ({
    topic,
    names,
    knowledge: topic === 'notEmulated' ? 'not-emulated' : best(list),
    sources: list,
  });
  const named = (topic: 'operations' | 'jsapis') =>
    Object.keys(profile[topic]).map((name) => part(topic, [name], sources[topic]?.[name]));
  return [
    ...named('operations'),
    ...named('jsapis'),
    ...scopeGroups(profile.scopes, sources.scopes).map(({ names, list }) => part('scopes', names, list)),
    part('signature', [], sources.signature),
    part('codes', [], sources.codes),
    part('lifetimes', [], sources.lifetimes),
    ...(profile.notifications === undefined ? [] : [part('notifications', [], sources.notifications)]),
    ...Object.entries(sources.notEmulated ?? {}).map(([name, list]) => part('notEmulated', [name], list)),
  ];
}

function best(sources: readonly Source[]): Knowledge {
  return sourceKinds.find((kind) => sources.some((source) => source.kind === kind)) ?? 'inferred';
}

/** Scopes that are known from the same sources, together. */
function scopeGroups(scopes: ProfileSource['scopes'], sources: SourcesSource['scopes'] = {}) {
  const groups = new Map<string, { names: string[]; list: readonly Source[] }>();
  for (const name of Object.keys(scopes)) {
    const list = sources[name] ?? sources[otherScopes] ?? [];
    const group = groups.get(JSON.stringify(list)) ?? { names: [], list };
    group.names.push(name);
    groups.set(JSON.stringify(list), group);
  }
  return [...groups.values()];
}

/** The address of a source, or undefined if it has none: some documents are not on the web. */
export function sourceAddress({ page, client }: Source): string | undefined {
  if (client !== undefined) return `https://github.com/${client}`;
  return page !== undefined && /^https?:\/\//.test(page) ? page : undefined;
}
