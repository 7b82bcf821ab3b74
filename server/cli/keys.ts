import { createPublicKey } from 'node:crypto';
import { join } from 'node:path';
import type { Config } from '../emulator/config.js';
import { readPlatformKey } from '../emulator/emulator.js';
import { builtInFixtures } from '../records/fixtures.js';
import { printJson } from './print-json.js';

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
 * @param json prints them as JSON. `platform` is null if each start generates another key
 */
export async function keys(config: Config, json = false): Promise<void> {
  const platform = await readPublicKey(config);
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
  const publicKey = createPublicKey(await readPlatformKey(config));
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
