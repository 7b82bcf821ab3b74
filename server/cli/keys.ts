import { createPublicKey } from 'node:crypto';
import { join } from 'node:path';
import type { Config } from '../emulator/config.js';
import { builtInFixtures } from '../records/fixtures.js';
import { platformKey } from '../signing/platform-key.js';

/** Prints the keys that a merchant's configuration needs. */
export async function keys({ platformKey: source }: Config): Promise<void> {
  process.stdout.write(`${source === 'generate' ? generated : await platformText(source)}
The demo client's key pair: sign requests with its private half. It is published with the package, and worth nothing.

${join(builtInFixtures, 'keys', 'demo-merchant.private.pem')}
${join(builtInFixtures, 'keys', 'demo-merchant.public.pem')}
`);
}

const generated =
  'The platform’s key is a new one at each start, by --platform-key generate: ask the running emulator for it, GET /_emulator/keys/platform.pem\n';

async function platformText(source: string | undefined): Promise<string> {
  const publicKey = createPublicKey(await platformKey(source));
  const bare = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  return `The platform's public key: verify the signatures of answers with it.

${publicKey.export({ type: 'spki', format: 'pem' })}
The same as bare Base64, for consoles that want one line:

${bare}
`;
}
