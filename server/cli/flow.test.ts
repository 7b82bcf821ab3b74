import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { packageRoot } from '../package-root.js';
import { aurora, emulatorForFile, faro, newWorld, openTestEmulator, scratchFolder, users } from '../testing/emulator.js';
import { writeProfile } from '../testing/profile.js';
import { Tester } from '../testing/tester.js';

const main = join(packageRoot, 'dist', 'bin', 'main.js');
const flow = async (url: string, env: Record<string, string> = {}) =>
  (await promisify(execFile)(process.execPath, [main, 'flow', '--url', url], { env: { ...process.env, ...env } })).stdout;

describe('flow with a running emulator', () => {
  test('uses the profile, clients, mini programs and users of that emulator', async () => {
    const fixtures = scratchFolder();
    const write = (name: string, records: object[]) => writeFileSync(join(fixtures, `${name}.json`), JSON.stringify(records));
    write('clients', [{ clientId: 'c-1', name: 'Mine', signature: 'optional', scopes: ['USER_AVATAR', 'auth_base'] }]);
    write('apps', [{ appId: 'a-1', name: 'Mine', clientId: 'c-1' }]);
    write('users', [{ userId: 'u-1', name: 'Ana' }]);
    const wallet = writeProfile(fixtures, 'mine', (source) => {
      source.prefixes = ['/pay/api'];
      source.firstUser = 'u-1';
    });
    const { url } = await emulatorForFile({ fixtures, wallet });
    const stdout = await flow(url);
    for (const part of [
      'wallet mine',
      '"scopes":["USER_AVATAR","auth_base"]',
      'POST /pay/api/v2/users/inquiryUserInfo',
      'Client-Id: c-1',
    ])
      assert.ok(stdout.includes(part), stdout);
    assert.match(stdout, /\[2\.4\].*"userInfo":\{"userId":"u-1"/s);
    assert.ok(!stdout.includes('Signature:'), 'a signature with a foreign key would look like a mistake');
  });

  test('prints the steps as JSON', async () => {
    const { url } = await emulatorForFile();
    const { stdout } = await promisify(execFile)(process.execPath, [main, 'flow', '--url', url, '--json']);
    const { steps, ...rest } = JSON.parse(stdout);
    assert.deepEqual(rest, { url, wallet: 'platform-v2' });
    assert.deepEqual(
      steps.map(({ step, response }: { step: string; response?: { status?: number } }) => [step, response?.status]),
      [
        ['1.1', undefined],
        ['2', undefined],
        ['2.2', 200],
        ['2.4', 200],
      ],
    );
    assert.equal(steps[2].request.body.authCode, steps[0].response.authCode);
    assert.deepEqual(Object.keys(steps[2].response), ['status', 'headers', 'body']);
    assert.doesNotMatch(stdout, /"Buffer"/, 'a body is JSON, and not a list of bytes');
  });

  test('sends the control token of the flag or the variable', async () => {
    const { url } = await emulatorForFile({ controlToken: 'a-secret-of-the-team' });
    await assert.rejects(flow(url), /billetera: the control token is missing: pass --control-token/);
    assert.match(await flow(url, { BILLETERA_CONTROL_TOKEN: 'a-secret-of-the-team' }), /\[2\.4\]/);
  });

  test('fails if the client must sign with an unknown key', async () => {
    const emulator = await emulatorForFile();
    const { tenant } = newWorld(emulator);
    const client = tenant.clients.get(aurora.clientId);
    const publicKey = tenant.clients.get(faro.clientId)?.record.publicKey as string;
    tenant.put('client', aurora.clientId, {
      ...client?.record,
      clientId: aurora.clientId,
      name: 'A',
      signature: 'required',
      publicKey,
    });
    await assert.rejects(
      flow(`${emulator.url}/t/${tenant.name}`),
      /the client \d+ must sign with a key that the sample merchant does not have/,
    );
  });

  test('leaves nothing behind in that emulator, also if it fails', async () => {
    const data = scratchFolder();
    const emulator = await openTestEmulator({ data });
    const { tenant } = newWorld(emulator);
    const tester = new Tester(emulator, tenant.name);
    await tester.put('/settings', { user: users.owen });
    await tester.put('/clock', { now: '2031-05-01T10:00:00Z', frozen: true });
    await tester.patch(`/apps/${aurora.appId}`, { name: 'Renamed' });
    // biome-ignore lint/suspicious/noThenProperty: `then` is a field of scenarios
    await tester.post('/scenarios', { id: 'slow', when: { operation: 'applyToken' }, then: { delay: 0 }, times: 2 });
    const paths = ['/snapshot', '/journal', '/tokens', '/consents', '/scenarios', '/settings', '/clock'];
    const everything = () => Promise.all(paths.map(async (path) => (await tester.get(path)).body));

    const before = await everything();
    const shown = await flow(`${emulator.url}/t/${tenant.name}`);
    assert.match(shown, /"accessTokenExpiryTime":"2031-05-01T/, 'it uses the clock of that wallet');
    assert.ok(shown.includes(`${emulator.url}/t/${tenant.name}, wallet `), shown);
    assert.deepEqual(await everything(), before);

    // biome-ignore lint/suspicious/noThenProperty: `then` is a field of scenarios
    await tester.post('/scenarios', { id: 'down', when: { operation: 'inquiryUserInfo' }, then: { result: 'PROCESS_FAIL' } });
    const prepared = await everything();
    await assert.rejects(flow(`${emulator.url}/t/${tenant.name}`), /failed with PROCESS_FAIL/);
    assert.deepEqual(await everything(), prepared);
    await emulator.close();
    assert.deepEqual(
      readdirSync(data, { recursive: true }).filter((name) => String(name).includes('flow-')),
      [],
    );
  });

  test('works with wallets of every family', async () => {
    const { url } = await emulatorForFile();
    for (const wallet of ['toka', 'alipay-plus', 'tng']) assert.match(await flow(`${url}/t/${wallet}`), /\[2\.4\]/);
  });

  test('names an invalid address and an emulator that does not run', async () => {
    await assert.rejects(flow('127.0.0.1:1'), /--url 127\.0\.0\.1:1: expected the address of an emulator/);
    await assert.rejects(flow('http://127.0.0.1:1'), /no emulator is running at http/);
  });
});
