import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';

const clientId = 'my-client';
const appId = 'my-app';
const wallet = 'my-wallet';
const schemas = '../node_modules/billetera/fixtures';

/** The configuration of Playwright for the starter's test. */
export const starterTestConfig = 'e2e/billetera.config.ts';

/** The last lines that init prints: a page and a server that were written for the built-in records need those of the starter. */
export const starterUse = `
The emulator in this folder now has only these records:
  write data-app-id="${appId}" into your page
  run npx billetera env > .env again, and restart your server
`;

/** A key pair of 2048 bits, as PEM. */
export interface KeyPair {
  privateKey: string;
  publicKey: string;
}

/** Generates the key pair of the starter's client. */
export function newKeyPair(): Promise<KeyPair> {
  return promisify(generateKeyPair)('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

/** The folder of fixtures, path → content. The client may call without a signature until its record says otherwise. */
export function starterFixtures({ privateKey, publicKey }: KeyPair): Record<string, string> {
  const record = (kind: string, records: object[]) => json({ $schema: `${schemas}/${kind}.schema.json`, [kind]: records });
  return {
    'billetera/clients.json': record('clients', [
      { clientId, name: 'My shop', publicKey, signature: 'optional', scopes: '*', redirectUrls: ['http://localhost:3000/*'] },
    ]),
    'billetera/apps.json': record('apps', [{ appId, name: 'My mini program', clientId }]),
    'billetera/users.json': record('users', [
      {
        userId: 'ana',
        name: 'Ana Rivas',
        nickName: 'Ana',
        userName: userName('Ana', 'Rivas'),
        note: 'Decides on the consent screen',
      },
      {
        userId: 'bruno',
        name: 'Bruno Paz',
        nickName: 'Bruno',
        userName: userName('Bruno', 'Paz'),
        note: 'Always agrees',
        behaviour: { consent: 'grant' },
      },
    ]),
    'billetera/scenarios.json': record('scenarios', [
      {
        id: 'code-used',
        title: 'The authCode was used before',
        enabled: false,
        when: { operation: 'applyToken' },
        // biome-ignore lint/suspicious/noThenProperty: `then` is a field of scenarios
        then: { result: 'auth-code-used' },
      },
    ]),
    [`billetera/wallets/${wallet}.json`]: json({
      $schema: `../${schemas}/wallet.schema.json`,
      extends: 'platform-v2',
      name: wallet,
      title: 'My wallet',
      firstUser: 'ana',
      lifetimes: { accessToken: 'PT30M' },
    }),
    'billetera/keys/client.private.pem': privateKey,
    'billetera/keys/client.public.pem': publicKey,
  };
}

function userName(firstName: string, lastName: string) {
  return { fullName: `${firstName} ${lastName}`, firstName, lastName };
}

/** The other files, path → content. */
export const starterFiles: Readonly<Record<string, string>> = {
  'billetera.config.json': json({
    $schema: './node_modules/billetera/fixtures/config.schema.json',
    fixtures: './billetera',
    wallet,
  }),
  'billetera.http': `# A login without a mini program, for editors that send HTTP requests. Start the wallet first: npx billetera

# @name code
POST http://127.0.0.1:4010/_emulator/auth-codes
Content-Type: application/json

{ "clientId": "${clientId}", "appId": "${appId}", "userId": "bruno", "scopes": ["USER_ID", "USER_NICKNAME"] }

###
# With the header X-Emulator-Scenario: code-used, it answers that the code was used before.
POST http://127.0.0.1:4010/v2/authorizations/applyToken
Content-Type: application/json; charset=UTF-8
Client-Id: ${clientId}
Request-Time: {{$datetime iso8601}}

{ "grantType": "AUTHORIZATION_CODE", "authCode": "{{code.response.body.authCode}}" }
`,
  // No name that Jest or vitest takes for a test of its own.
  [starterTestConfig]: `import { defineConfig } from '@playwright/test';

export default defineConfig({ testMatch: 'billetera.pw.ts' });
`,
  'e2e/billetera.pw.ts': `import { expect, test } from 'billetera/playwright';

test.use({ emulator: { fixtures: 'billetera', wallet: '${wallet}' } });

// A page in place of your mini program. For your own, open its address, and let it load my.js from wallet.url.
const page = (url: string) => \`
  <script src="\${url}/my.js" data-app-id="${appId}"></script>
  <button onclick="my.getAuthCode({ scopes: ['USER_NICKNAME'] }).then(({ authCode }) => { output.value = authCode; })">Log in</button>
  <output id="output"></output>\`;

test('Ana logs in, and the server exchanges her code', async ({ page: tab, wallet, consent, request }) => {
  await tab.route('http://localhost:8080/', (route) => route.fulfill({ contentType: 'text/html', body: page(wallet.url) }));
  await tab.goto('http://localhost:8080/');
  await tab.getByRole('button', { name: 'Log in' }).click();
  await consent.allow();
  await expect(tab.locator('output')).toHaveText(/\\w{20}/);

  const authCode = await tab.locator('output').textContent();
  const answer = await request.post(\`\${wallet.url}/v2/authorizations/applyToken\`, {
    headers: { 'Client-Id': '${clientId}', 'Request-Time': new Date().toISOString() },
    data: { grantType: 'AUTHORIZATION_CODE', authCode },
  });
  expect(await answer.json()).toMatchObject({ result: { resultCode: 'SUCCESS' }, customerId: 'ana' });
});
`,
};

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
