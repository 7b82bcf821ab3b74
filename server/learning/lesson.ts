import type { Difference, DifferenceCode, DifferenceOf } from '../comparison/difference.js';
import type { ProfileSource } from '../profiles/schema.js';
import type { Text } from '../texts/text.js';

/**
 * Changes a profile so that it no longer has one difference.
 * @param source the profile; the lesson changes it
 * @param all the differences of the same comparison: some lessons need another one beside theirs, such as a missing field's new name
 * @returns why no data can close the difference; undefined if it is closed
 */
export type Lesson<Code extends DifferenceCode> = (
  source: ProfileSource,
  difference: DifferenceOf<Code>,
  all: readonly Difference[],
) => Text | undefined;
