import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { packageRoot } from '../../package-root.js';
import { builtInFixtures } from '../../records/fixtures.js';
import { emulatorForFile, faro } from '../emulator.js';
import { DialectWorld } from './dialect-world.js';
import { dialectOf } from './dialects.js';

const folder = join(packageRoot, 'e2e', 'clients');
const emulator = await emulatorForFile();
const run = promisify(execFile);

/** Language → commands that succeed if the language is installed, and the command that runs the client. */
const clients: Record<string, { needs: string[][]; command: string[] }> = {
  Python: {
    needs: [
      ['python3', '--version'],
      ['openssl', 'version'],
    ],
    command: ['python3', 'client.py'],
  },
  PHP: { needs: [['php', '--version']], command: ['php', 'client.php'] },
  Go: { needs: [['go', 'version']], command: ['go', 'run', 'client.go'] },
  Java: { needs: [['java', '--version']], command: ['java', 'Client.java'] },
};

/** Two wallets with different encodings of signatures. */
const wallets = [
  { wallet: 'platform-v2', path: '/v2/authorizations/applyToken', encoding: 'percent', field: 'authClientId' },
  { wallet: 'tng', path: '/acl/api/v1/authorizations/applyToken', encoding: 'base64url', field: 'referenceClientId' },
];

for (const [language, { needs, command }] of Object.entries(clients)) {
  const missing = needs.find(([program = '', ...args]) => spawnSync(program, args).status !== 0)?.[0];
  const skip = missing === undefined ? false : `${missing} is not installed`;

  describe(`a client in ${language}`, { skip }, () => {
    for (const { wallet, path, encoding, field } of wallets) {
      const call = async (env: Record<string, string> = {}) => {
        const world = new DialectWorld(emulator, dialectOf(wallet), wallet);
        const [program = '', ...args] = command;
        const { stdout } = await run(program, args, {
          cwd: folder,
          env: {
            ...process.env,
            ...{ BASE_URL: `${emulator.url}/t/${wallet}`, API_PATH: path, SIGNATURE_ENCODING: encoding, CLIENT_ID_FIELD: field },
            ...{ CLIENT_ID: faro.clientId, APP_ID: faro.appId, AUTH_CODE: await world.code() },
            PRIVATE_KEY: join(builtInFixtures, 'keys', 'demo-merchant-2.private.pem'),
            PLATFORM_KEY: join(builtInFixtures, 'keys', 'platform-development.public.pem'),
            ...env,
          },
        });
        return JSON.parse(stdout);
      };

      test(`exchanges a code with ${wallet}, and verifies the answer`, async () => {
        assert.deepEqual(await call(), { resultCode: 'SUCCESS', customerId: dialectOf(wallet).userId, verified: true });
      });

      test(`rejects an answer that ${wallet} did not sign`, async () => {
        await assert.rejects(
          call({ PLATFORM_KEY: join(builtInFixtures, 'keys', 'demo-merchant.public.pem') }),
          /is not the platform's/,
        );
      });
    }
  });
}
