import { createPublicKey } from 'node:crypto';
import { join } from 'node:path';
import type { Config } from '../emulator/config.js';
import { readPlatformKey } from '../emulator/emulator.js';
import { builtInFixtures } from '../records/fixtures.js';

/** Prints the keys that a merchant's configuration needs. */
export async function keys(config: Config): Promise<void> {
  process.stdout.write(`${config.platformKey === 'generate' ? generatedText : await publicKeyText(config)}
The demo client's key pair. Sign requests with its private key. The pair is published with the package, so it protects nothing.

${join(builtInFixtures, 'keys', 'demo-merchant.private.pem')}
${join(builtInFixtures, 'keys', 'demo-merchant.public.pem')}
`);
}

const generatedText =
  'With --platform-key generate, each start generates a new platform key. Get its public key from the running emulator: GET /_emulator/keys/platform.pem\n';

async function publicKeyText(config: Config): Promise<string> {
  const publicKey = createPublicKey(await readPlatformKey(config));
  const base64 = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  return `The platform's public key. Verify the signatures of responses with it.

${publicKey.export({ type: 'spki', format: 'pem' })}
The same key in Base64, for consoles that take one line:

${base64}
`;
}
