import type { ProfileSource } from '../profiles/schema.js';

/** A field of a tree of the profile. */
export interface Slot {
  /** The object that has the field. */
  parent: Record<string, unknown>;
  key: string;
}

/** The steps of a place: `response.userInfo.contactInfos[].contactNo` is userInfo, contactInfos, [], contactNo. */
export function stepsOf(place: string): string[] {
  const [, ...steps] = place.replaceAll('[]', '.[]').split('.');
  return steps;
}

/**
 * Finds the fields of the profile that fill a place of an answer. A field of the user has one for each scope that reads it.
 * @param scopes only these scopes, with those that they cover; absent: all
 */
export function findSlots(source: ProfileSource, operation: string, place: string, scopes?: readonly string[]): Slot[] {
  const response = source.operations[operation]?.response;
  if (response === undefined) return [];
  return inTree({ tree: response }, 'tree', stepsOf(place), source, scopes);
}

function inTree(
  parent: Record<string, unknown>,
  key: string,
  steps: readonly string[],
  source: ProfileSource,
  scopes: readonly string[] | undefined,
): Slot[] {
  const [step, ...rest] = steps;
  if (step === undefined) return [{ parent, key }];
  const tree = parent[key];
  if (typeof tree === 'string') return readsUser(tree) ? inScopes(source, steps, scopes) : [];
  if (!isRecord(tree)) return [];
  if (step === '[]') return '$item' in tree ? inTree(tree, '$item', rest, source, scopes) : [];
  if (Object.hasOwn(tree, step)) return inTree(tree, step, rest, source, scopes);
  return readsUser(tree.$flatten) ? inScopes(source, steps, scopes) : [];
}

function inScopes(source: ProfileSource, steps: readonly string[], scopes: readonly string[] | undefined): Slot[] {
  return scopeNames(source, scopes).flatMap((name) => {
    const scope = source.scopes[name];
    return scope?.reads === undefined ? [] : inTree(scope, 'reads', steps, source, scopes);
  });
}

/** Returns true for the variable that holds the user's data. */
export function readsUser(tree: unknown): boolean {
  return typeof tree === 'string' && /^\$userInfo( *\||$)/.test(tree);
}

/** The scopes of the profile that a grant covers. @param scopes absent: all of the profile */
export function scopeNames(source: ProfileSource, scopes?: readonly string[]): string[] {
  if (scopes === undefined) return Object.keys(source.scopes);
  const covered = new Set<string>();
  const add = (name: string) => {
    if (covered.has(name) || !Object.hasOwn(source.scopes, name)) return;
    covered.add(name);
    for (const other of source.scopes[name]?.covers ?? []) add(other);
  };
  for (const scope of scopes) add(scope);
  return [...covered];
}

/** Gives a field another name, and keeps its place among the others. */
export function renameField(parent: Record<string, unknown>, key: string, name: string): void {
  const entries = Object.entries(parent);
  for (const [own] of entries) delete parent[own];
  for (const [own, value] of entries) parent[own === key ? name : own] = value;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
