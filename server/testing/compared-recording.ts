import type { Difference } from '../comparison/difference.js';
import { compareRecording, type RecordingOptions } from '../emulator/compare-recording.js';
import { Profiles } from '../profiles/profiles.js';
import type { Exchange } from '../recordings/exchange.js';
import { builtInFixtures, loadFixtures } from '../records/fixtures.js';
import { privateKey } from './merchant.js';

const profiles = new Profiles([`${builtInFixtures}/wallets`], () => 'http://127.0.0.1:4010');
const fixtures = loadFixtures(undefined);
const platformPrivateKey = privateKey('platform-development.private.pem');

/** Compares a recording with a wallet, as `billetera compare` does. */
export async function differencesOf(
  recording: Exchange[],
  wallet = 'platform-v2',
  options: Partial<RecordingOptions> = {},
): Promise<Difference[]> {
  const profile = profiles.get(wallet);
  const { differences } = await compareRecording(recording, { profile, fixtures, privateKey: platformPrivateKey, ...options });
  return differences;
}

/** A difference in one line. */
export const shown = ({ code, operation, place }: Difference) => `${code} ${operation} ${place}`;
