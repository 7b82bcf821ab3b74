import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { violationsInEachScheme } from '../stage/audit.ts';
import { start } from '../stage/process.ts';
import { expect, test } from '../stage/test.ts';
import { appId, type Call, clientId, users, Wallet } from '../stage/wallet.ts';

/** The pages of an emulator that records the calls to a platform. Here, the platform is another emulator. */

const main = 'dist/bin/main.js';
const platformKey = fileURLToPath(new URL('../../fixtures/keys/platform-development.public.pem', import.meta.url));

test('a recorded call has a page with both answers and what was found out about them', async ({ page, request }) => {
  const folder = await mkdtemp(join(tmpdir(), 'billetera-record-'));
  const platform = await start(main, ['start', '--port', '0', '--wallet', 'gcash']);
  const out = join(folder, 'run.har');
  const recorder = await start(main, [
    'record',
    '--to',
    platform.url,
    '--out',
    out,
    '--port',
    '0',
    '--platform-public-key',
    platformKey,
  ]);
  try {
    const scopes = ['USER_ID'];
    const issued = await request.post(`${platform.url}/_emulator/auth-codes`, {
      data: { clientId, appId, userId: users.grants, scopes },
    });
    const { authCode } = await issued.json();
    const exchange = (code: string) =>
      request.post(`${recorder.url}/v1/authorizations/applyToken`, {
        headers: { 'Client-Id': clientId, 'Request-Time': new Date().toISOString() },
        data: { grantType: 'AUTHORIZATION_CODE', authCode: code, appId },
      });
    expect((await (await exchange(authCode)).json()).result.resultCode).toBe('SUCCESS');

    const [call] = (await new Wallet(recorder.url).control<{ entries: Call[] }>('GET', 'journal?kind=recorded')).entries;
    await page.goto(`${recorder.url}/journal/${call?.id}`);
    const recorded = page.getByTestId('recorded');
    await expect(recorded).toContainText(`${platform.url}/v1/authorizations/applyToken`);
    await expect(recorded).toContainText('es válida con la clave pública de la plataforma: algoritmo RSA256');
    await expect(recorded).toContainText('El emulador también habría respondido SUCCESS.');
    await expect(page.getByTestId('response')).toContainText('"resultCode": "SUCCESS"');
    await expect(page.getByTestId('emulator-answer')).toContainText('"accessTokenExpiryTime"');
    expect(await violationsInEachScheme(page)).toEqual([]);
    expect(await readFile(out, 'utf8')).not.toContain(authCode);
  } finally {
    await Promise.all([recorder.stop(), platform.stop()]);
    await rm(folder, { recursive: true });
  }
});
