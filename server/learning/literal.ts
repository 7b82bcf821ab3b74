import { isRecord } from './place.js';

/**
 * A value as a tree that stands for it.
 * @returns undefined if no tree can stand for it: a merge patch cannot contain null, and a field's name cannot begin with `$`
 */
export function literalTree(value: unknown): unknown {
  if (value === null || value === undefined) return undefined;
  if (typeof value === 'string') return value.startsWith('$') ? `$${value}` : value;
  if (Array.isArray(value)) return inFull(value.map(literalTree));
  if (!isRecord(value)) return value;
  if (Object.keys(value).some((key) => key.startsWith('$'))) return undefined;
  const trees = Object.values(value).map(literalTree);
  return trees.includes(undefined) ? undefined : Object.fromEntries(Object.keys(value).map((key, index) => [key, trees[index]]));
}

function inFull(items: readonly unknown[]): readonly unknown[] | undefined {
  return items.includes(undefined) ? undefined : items;
}
