import type { Difference } from '../comparison/difference.js';
import type { ProfileSource } from '../profiles/schema.js';
import { text } from '../texts/text.js';
import { learn, type Unlearned } from './learn.js';

/** A profile that was learned from a recording. */
export interface LearnedProfile {
  source: ProfileSource;
  closed: readonly Difference[];
  /** The differences that a comparison with the profile still shows, and why. */
  unlearned: readonly Unlearned[];
}

/** A closed difference can show further ones: behind an unknown path are the fields of its answer. Few levels are known. */
const maxRounds = 8;

/**
 * Learns from a recording until a comparison shows no difference that data can close.
 * @param start the profile to begin with
 * @param compareWith compares the recording with a profile
 * @param check throws a TextError that says what is wrong, if a profile is not valid
 */
export async function learnProfile(
  start: ProfileSource,
  compareWith: (source: ProfileSource) => Promise<readonly Difference[]>,
  check: (source: ProfileSource) => void,
): Promise<LearnedProfile> {
  const closed: Difference[] = [];
  const before = new Set<string>();
  let source = start;
  for (;;) {
    const learned = learn(source, await compareWith(source), check);
    before.add(JSON.stringify(source));
    if (before.has(JSON.stringify(learned.source)) || before.size > maxRounds) {
      // A difference that is closed here again was closed before, and that did not help.
      const again = learned.closed.map((difference) => ({ difference, reason: text('unlearned-again') }));
      return {
        source,
        closed: closed.filter((own) => !again.some(({ difference }) => isSame(own, difference))),
        unlearned: [...learned.unlearned, ...again],
      };
    }
    closed.push(...learned.closed);
    source = learned.source;
  }
}

function isSame(one: Difference, other: Difference): boolean {
  return one.code === other.code && one.operation === other.operation && one.place === other.place;
}
