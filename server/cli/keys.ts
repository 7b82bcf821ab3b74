import { createPublicKey, type KeyObject } from 'node:crypto';
import { join } from 'node:path';
import type { Config } from '../emulator/config.js';
import { readPlatformKey } from '../emulator/emulator.js';
import { builtInFixtures } from '../records/fixtures.js';
import { printJson } from './print-json.js';
import { remoteWallet } from './remote-wallet.js';
import type { RunningAddress } from './running-address.js';

/** The files of the demo client's key pair. */
export const demoKeyFiles = {
  privateKey: join(builtInFixtures, 'keys', 'demo-merchant.private.pem'),
  publicKey: join(builtInFixtures, 'keys', 'demo-merchant.public.pem'),
};

/** The platform's public key. */
interface PublicKey {
  pem: string;
  /** The same key in Base64, in one line. */
  base64: string;
}

/**
 * Prints the keys that a merchant's configuration needs.
 * @param address a running emulator; absent: the keys are those of the configuration
 * @param pem prints the platform's public key alone
 * @param json prints them as JSON. `platform` is null if each start generates another key
 */
export async function keys(
  config: Config,
  { address, pem, json }: { address?: RunningAddress | undefined; pem?: boolean; json?: boolean } = {},
): Promise<void> {
  if (pem && json) throw new Error('--pem cannot be combined with --json');
  const platform = address === undefined ? await readPublicKey(config) : await readRunningKey(address, config);
  if (pem && platform === undefined)
    throw new Error('--platform-key generate: only the running emulator knows its key; name the emulator with --url');
  if (pem) return void process.stdout.write(platform?.pem ?? '');
  if (json) return printJson({ platform: platform ?? null, demoClient: demoKeyFiles });
  process.stdout.write(`${platform === undefined ? generatedText : publicKeyText(platform)}
The demo client's key pair. Sign requests with its private key. The pair is published with the package, so it protects nothing.

${demoKeyFiles.privateKey}
${demoKeyFiles.publicKey}
`);
}

/** @returns undefined if each start generates another key */
export async function readPublicKey(config: Config): Promise<PublicKey | undefined> {
  if (config.platformKey === 'generate') return undefined;
  return formsOf(createPublicKey(await readPlatformKey(config)));
}

async function readRunningKey(address: RunningAddress, config: Config): Promise<PublicKey> {
  return formsOf(createPublicKey(await remoteWallet(address, config).wallet.keys.platform()));
}

function formsOf(publicKey: KeyObject): PublicKey {
  return {
    pem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    base64: publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  };
}

const generatedText =
  'With --platform-key generate, each start generates a new platform key. Get its public key from the running emulator: GET /_emulator/keys/platform.pem\n';

function publicKeyText({ pem, base64 }: PublicKey): string {
  return `The platform's public key. Verify the signatures of responses with it.

${pem}
The same key in Base64, for consoles that take one line:

${base64}
`;
}
