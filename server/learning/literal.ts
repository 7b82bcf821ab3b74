import type { Constancy } from '../comparison/constancy.js';
import type { Difference } from '../comparison/difference.js';
import { type Text, text } from '../texts/text.js';
import { isRecord } from './place.js';

/** A constant of a profile, or the reason why there is none. */
export type Constant = { tree: unknown } | { reason: Text };

/** The reasons why a value is no constant. */
const reasons = {
  'other-name': 'unlearned-other-name',
  'of-user': 'unlearned-of-user',
  'one-user': 'unlearned-one-user',
  varies: 'unlearned-varies',
} as const satisfies Record<Exclude<Constancy, 'constant'>, string>;

/** The constant for a value that the platform sends. Data of a person is never one. */
export function constantFor({ place = '', platform, constancy = 'one-user' }: Difference): Constant {
  if (constancy !== 'constant') return { reason: text(reasons[constancy], { place }) };
  const tree = literalTree(platform);
  return tree === undefined ? { reason: text('unlearned-literal', { place }) } : { tree };
}

/**
 * A value as a tree that stands for it.
 * @returns undefined if no tree can stand for it: a merge patch cannot contain null, and a field's name cannot begin with `$`
 */
function literalTree(value: unknown): unknown {
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
