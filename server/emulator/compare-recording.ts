import type { KeyObject } from 'node:crypto';
import { type Comparison, compare } from '../comparison/compare.js';
import type { Profile } from '../profiles/profile.js';
import type { Exchange } from '../recordings/exchange.js';
import type { Fixtures } from '../records/fixtures.js';
import { ReplayAnswerer } from './replay-answerer.js';

export interface RecordingOptions {
  profile: Profile;
  /** The clients, mini programs and users that the platform may know too. */
  fixtures: Fixtures;
  /** Signs the emulator's answers. */
  privateKey: KeyObject;
  /** The platform's public key. Absent: the content of its signatures is not compared. */
  platformKey?: KeyObject | undefined;
  /** The public key of the recording's client. Absent: that of the fixtures. */
  clientKey?: KeyObject | undefined;
  /** The scopes that the user agreed to. Absent: they are guessed from the data that the platform sent. */
  scopes?: readonly string[] | undefined;
}

/**
 * Compares a recording with what an emulator of the profile answers to the same requests.
 * @throws TextError if no call of the recording looks like one to a wallet
 */
export function compareRecording(
  recording: readonly Exchange[],
  { profile, fixtures, privateKey, platformKey, clientKey, scopes }: RecordingOptions,
): Promise<Comparison> {
  return compare(recording, profile, {
    answerer: new ReplayAnswerer({ profile, fixtures, privateKey, ...(scopes && { scopes }) }),
    users: fixtures.users.values(),
    keys: {
      ...(platformKey && { platform: platformKey }),
      client: (clientId) => clientKey ?? fixtures.clients.get(clientId)?.publicKey,
    },
  });
}
