import Type, { type Static } from 'typebox';
import { closed } from '../schemas/common.js';
import type { Comparison } from './compare.js';
import { type Difference, differenceCodes } from './difference.js';
import { sideWords } from './side-words.js';

const Words = Type.Optional(Type.String({ minLength: 1 }));

/** A difference that a team knows and accepts. A field that is left out stands for any value. */
export const AcceptedDifference = Type.Object(
  {
    code: Type.Enum([...differenceCodes]),
    operation: Words,
    place: Words,
    platform: Words,
    emulator: Words,
    why: Type.String({ minLength: 1, description: 'the reason why you accept it' }),
  },
  closed,
);
export type AcceptedDifference = Static<typeof AcceptedDifference>;

/** A comparison, divided by what is accepted. */
export interface DividedDifferences {
  /** The differences that nobody has accepted. */
  others: Difference[];
  /** Each with the entry that accepts it. */
  accepted: { difference: Difference; entry: AcceptedDifference }[];
  /** The entries that accept nothing here, although the recording has a call of their operation. */
  gone: AcceptedDifference[];
}

/** Divides the differences of a comparison into accepted and other ones. */
export function divideDifferences(
  { differences, calls }: Comparison,
  entries: readonly AcceptedDifference[],
): DividedDifferences {
  const found = differences.map((difference) => ({ difference, entry: findEntry(difference, entries) }));
  const called = new Set(calls.map(({ operation }) => operation));
  return {
    others: found.flatMap(({ difference, entry }) => (entry === undefined ? [difference] : [])),
    accepted: found.flatMap(({ difference, entry }) => (entry === undefined ? [] : [{ difference, entry }])),
    gone: entries.filter((entry) => {
      const isCalled = entry.operation === undefined || called.has(entry.operation);
      return isCalled && !differences.some((difference) => accepts(entry, difference));
    }),
  };
}

/** The first entry that accepts a difference; undefined if there is none. */
export function findEntry(difference: Difference, entries: readonly AcceptedDifference[]): AcceptedDifference | undefined {
  return entries.find((entry) => accepts(entry, difference));
}

function accepts(entry: AcceptedDifference, difference: Difference): boolean {
  const { code, operation, place } = difference;
  const own = { code, operation, place, ...sideWords(difference) };
  return (['code', 'operation', 'place', 'platform', 'emulator'] as const).every(
    (name) => entry[name] === undefined || entry[name] === own[name],
  );
}

/** The entry that accepts a difference, and no other one. */
export function entryFor(difference: Difference, why: string): AcceptedDifference {
  const { code, operation, place } = difference;
  const placed = { code, ...(operation !== undefined && { operation }), ...(place !== undefined && { place }) };
  return { ...placed, ...sideWords(difference), why };
}
