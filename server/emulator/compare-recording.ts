import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type Comparison, compare } from '../comparison/compare.js';
import type { CompareRecording } from '../console/compare-page.js';
import type { Profile } from '../profiles/profile.js';
import type { Exchange } from '../recordings/exchange.js';
import type { Tenant } from '../tenants/tenant.js';
import { type KnownParties, ReplayAnswerer } from './replay-answerer.js';

export interface RecordingOptions {
  profile: Profile;
  fixtures: KnownParties;
  /** Signs the emulator's answers, and its tokens if they are JWTs. */
  privateKey: KeyObject;
  /** True if only the differences count: a short key signs the answers, which is fast. Absent: the private key does. */
  signsFast?: boolean;
  /** The platform's public key. Absent: the content of its signatures is not compared. */
  platformKey?: KeyObject | undefined;
  /** The public key of the recording's client. Absent: that of the fixtures. */
  clientKey?: KeyObject | undefined;
  /** The scopes that the user agreed to. Absent: they are guessed from the data that the platform sent. */
  scopes?: readonly string[] | undefined;
}

let answerKey: KeyObject | undefined;

/** Nobody verifies these answers. The key is made once. */
function shortKey(): KeyObject {
  answerKey ??= generateKeyPairSync('rsa', { modulusLength: 512 }).privateKey;
  return answerKey;
}

/**
 * Compares a recording with what an emulator of the profile answers to the same requests.
 * @throws TextError if no call of the recording looks like one to a wallet
 */
export function compareRecording(
  recording: readonly Exchange[],
  { profile, fixtures, privateKey, signsFast = false, platformKey, clientKey, scopes }: RecordingOptions,
): Promise<Comparison> {
  return compare(recording, profile, {
    answerer: new ReplayAnswerer({
      profile,
      fixtures,
      privateKey: signsFast ? shortKey() : privateKey,
      tokenKey: privateKey,
      ...(scopes && { scopes }),
    }),
    users: fixtures.users.values(),
    keys: {
      ...(platformKey && { platform: platformKey }),
      client: (clientId) => clientKey ?? fixtures.clients.get(clientId)?.publicKey,
    },
  });
}

/** Compares recordings with wallets for the pages of a tenant, whose clients, mini programs and users both sides may know. */
export function compareWithTenant(privateKey: KeyObject): CompareRecording {
  return (recording, { profile, tenant, platformKey, scopes }) =>
    compareRecording(recording, { profile, fixtures: partiesOf(tenant), privateKey, platformKey, scopes });
}

/** The clients, mini programs and users of a tenant. */
export function partiesOf({ clients, apps, users }: Tenant): KnownParties {
  return {
    clients: new Map(Array.from(clients.all(), (client) => [client.clientId, client])),
    apps: new Map(Array.from(apps.all(), (app) => [app.appId, app])),
    users: new Map(Array.from(users.all(), (user) => [user.userId, user])),
  };
}
