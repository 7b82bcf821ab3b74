import { type Profile, resultCodesOf } from './profile.js';

const known = new WeakMap<Profile, ReadonlySet<string>>();

/**
 * The words of a wallet, which tell nothing about a person: result codes, scopes, its paths and the names of its fields, the values of
 * lists and the constants of its answers.
 */
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
  const names = Object.values(operations).flatMap(({ request }) => Object.keys(request));
  // Messages name paths and fields. Masked there, they would be masked in the addresses of later calls too.
  const segments = [...profile.operations.keys()].flatMap((path) => [path, ...path.split('/')]);
  const messages = Object.values(profile.codes).flatMap(({ message = '' }) => message.split(' '));
  return [...resultCodesOf(profile), ...messages, ...Object.keys(scopes), ...names, ...segments, ...lists, ...constantsIn(trees)];
}

/** The strings of a tree that stand for themselves. */
function constantsIn(tree: unknown): string[] {
  if (typeof tree === 'string') return tree.includes('$') ? [] : [tree];
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.values(tree).flatMap(constantsIn);
}
