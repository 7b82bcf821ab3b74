import { type LearnedProfile, learnProfile } from '../learning/learn-profile.js';
import { type Candidate, orderByDistance } from '../learning/nearest-wallet.js';
import type { Profile } from '../profiles/profile.js';
import type { Profiles } from '../profiles/profiles.js';
import type { ProfileSource } from '../profiles/schema.js';
import type { Exchange } from '../recordings/exchange.js';
import { TextError } from '../texts/text-error.js';
import { compareRecording, type RecordingOptions } from './compare-recording.js';

/** The needs of a comparison besides the profile. */
type Options = Omit<RecordingOptions, 'profile' | 'signsFast'>;

/**
 * Learns a profile from a recording.
 * @param parent the profile to begin with
 * @param profiles checks the profiles that are tried; they have the name of the file
 * @throws TextError if no call of the recording looks like one to a wallet
 */
export function learnRecording(
  recording: readonly Exchange[],
  parent: Profile,
  profiles: Profiles,
  options: Options,
): Promise<LearnedProfile> {
  const open = (source: ProfileSource) => profiles.openContent('learned', { ...source, name: 'learned' });
  const compareWith = async (source: ProfileSource) =>
    (await compareRecording(recording, { ...options, profile: open(source), signsFast: true })).differences;
  return learnProfile(parent.source, compareWith, open);
}

/**
 * Compares a recording with wallets.
 * @returns the nearest first, without those that no call of the recording looks like
 * @throws TextError if no call of the recording looks like one to any of them
 */
export async function findNearestWallets(
  recording: readonly Exchange[],
  wallets: readonly Profile[],
  options: Options,
): Promise<Candidate[]> {
  let problem: TextError | undefined;
  const candidates = await orderByDistance(wallets, async (profile) => {
    try {
      return (await compareRecording(recording, { ...options, profile, signsFast: true })).differences;
    } catch (error) {
      if (!(error instanceof TextError)) throw error;
      problem ??= error;
      return undefined;
    }
  });
  if (candidates.length === 0 && problem !== undefined) throw problem;
  return candidates;
}
