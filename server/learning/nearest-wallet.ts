import type { Difference, DifferenceCode } from '../comparison/difference.js';
import type { Profile } from '../profiles/profile.js';

/** A wallet, and how far a platform is from it. */
export interface Candidate {
  profile: Profile;
  differences: readonly Difference[];
  /** 0 if nothing differs. */
  distance: number;
}

/** A call that the profile does not understand hides how it would be answered. Every other difference counts once. */
const weights: Partial<Record<DifferenceCode, number>> = {
  'path-unknown': 20,
  'request-field-refused': 5,
  'result-code-unknown': 3,
  'signature-content': 3,
  'result-code': 2,
};

/**
 * Orders wallets by their distance from a platform, the nearest first.
 * @param compareWith compares a recording with a wallet; undefined if the recording has no call that looks like one to it
 */
export async function orderByDistance(
  profiles: readonly Profile[],
  compareWith: (profile: Profile) => Promise<readonly Difference[] | undefined>,
): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  for (const profile of profiles) {
    const differences = await compareWith(profile);
    if (differences !== undefined) candidates.push({ profile, differences, distance: distanceOf(differences) });
  }
  return candidates.sort((one, other) => one.distance - other.distance);
}

function distanceOf(differences: readonly Difference[]): number {
  return differences.reduce((sum, { code }) => sum + (weights[code] ?? 1), 0);
}
