import { type Profile, resultCodesOf } from '../profiles/profile.js';

const known = new WeakMap<Profile, ReadonlySet<string>>();

/** The words of a wallet, which tell nothing about a person: result codes, scopes, the values of lists and the constants of its answers. */
export function wordsOf(profile: Profile): ReadonlySet<string> {
  const found = known.get(profile) ?? new Set(collect(profile));
  known.set(profile, found);
  return found;
}

function collect(profile: Profile): string[] {
  const { operations, notifications = {}, scopes } = profile.source;
  const fields = Object.values(operations).flatMap(({ request }) => Object.values(request));
  const lists = fields.flatMap(({ enum: values = [], aliases = {} }) => [...values, ...Object.keys(aliases)]);
  const trees = [
    Object.values(operations).map(({ response }) => response),
    notifications,
    Object.values(scopes).map(({ reads }) => reads),
  ];
  return [...resultCodesOf(profile), ...Object.keys(scopes), ...lists, ...constantsIn(trees)];
}

/** The strings of a tree that stand for themselves. */
function constantsIn(tree: unknown): string[] {
  if (typeof tree === 'string') return tree.includes('$') ? [] : [tree];
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.values(tree).flatMap(constantsIn);
}
