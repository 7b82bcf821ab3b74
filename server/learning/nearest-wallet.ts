import type { Difference, DifferenceCode } from '../comparison/difference.js';

/** A wallet, and how far a platform is from it. */
export interface Candidate {
  wallet: string;
  differences: readonly Difference[];
  /** 0 for none. */
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
 * @param compareWith compares the recording with a wallet
 */
export async function orderByDistance(
  wallets: readonly string[],
  compareWith: (wallet: string) => Promise<readonly Difference[]>,
): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  for (const wallet of wallets) {
    const differences = await compareWith(wallet);
    candidates.push({ wallet, differences, distance: distanceOf(differences) });
  }
  return candidates.sort((one, other) => one.distance - other.distance);
}

function distanceOf(differences: readonly Difference[]): number {
  return differences.reduce((sum, { code }) => sum + (weights[code] ?? 1), 0);
}
