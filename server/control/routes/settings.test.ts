import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { emulatorForFile, scratchFolder, users } from '../../testing/emulator.js';
import { writeProfile } from '../../testing/profile.js';
import { Tester } from '../../testing/tester.js';

const emulator = await emulatorForFile();

test('only the named settings change', async () => {
  const tester = new Tester(emulator);
  const before = (await tester.get('/settings')).body;
  assert.equal(before.user, users.lucia);
  const changes = {
    user: users.tomas,
    consent: 'deny',
    firstScreen: 'off',
    remember: false,
    lifetimes: { accessToken: 'PT5S', authCode: 60 },
  };
  assert.deepEqual((await tester.put('/settings', changes)).body, { ...before, ...changes });
  assert.deepEqual((await tester.put('/settings', {})).body, { ...before, ...changes });
  assert.deepEqual((await tester.put('/settings', { lifetimes: {} })).body, { ...before, ...changes, lifetimes: {} });
});

test('an error names the setting and changes nothing', async () => {
  const tester = new Tester(emulator);
  const wrong: [unknown, RegExp][] = [
    [{ consent: 'maybe' }, /^consent: expected one of ask, grant, deny/],
    [{ consent: 'grant', user: 'nobody' }, /^user: expected/],
    [{ consent: 'grant', wallet: 'nowhere' }, /^wallet: .*nowhere/],
    [{ consent: 'grant', wallet: '/dev/zero' }, /^wallet: /],
    [{ consent: 'grant', wallet: '/' }, /^wallet: /],
    [{ consent: 'grant', wallet: '\0.json' }, /^wallet: /],
    [{ consent: 'grant', lifetimes: { accessToken: 'P1Y' } }, /^lifetimes\.accessToken: expected an ISO 8601 duration/],
    [{ lifetimes: { accessToken: 'soon' } }, /^lifetimes\.accessToken: expected/],
    [{ lifetimes: { accessToken: -1 } }, /^lifetimes\.accessToken: expected/],
    [{ lifetimes: { other: 1 } }, /^lifetimes: unknown field "other"/],
    [{ remember: 'true' }, /^remember: expected true or false/],
    [{ nothing: 1 }, /^unknown field "nothing"; allowed: wallet, /],
    [{ user: null }, /^user: expected/],
  ];
  for (const [body, names] of wrong) await tester.refused(400, names, 'PUT', '/settings', body, '/settings');
});

test('the wallet is the name of a profile, and never a path', async () => {
  const folder = scratchFolder();
  const [given, other] = ['given', 'other'].map((name) => writeProfile(folder, name, () => {})) as [string, string];
  const secret = join(folder, 'secret.json');
  writeFileSync(secret, 'root:secret-of-the-file');
  const own = await emulatorForFile({ wallet: given });
  const tester = new Tester(own, 'default');
  for (const wallet of [given, other, secret, '/etc/passwd', './package.json', '../wallets/tng'])
    await tester.refused(400, /^wallet: (?!.*secret-of)/, 'PUT', '/settings', { wallet }, '/settings');

  assert.equal((await tester.get('/settings')).body.wallet, 'given', 'a profile that was given by its path has a name');
  const { body: snapshot } = await tester.get('/snapshot');
  assert.equal(snapshot.settings.wallet, 'given');
  assert.equal((await tester.put('/settings', { wallet: 'tng' })).status, 200);
  assert.equal((await tester.put('/settings', { wallet: 'given' })).body.wallet, 'given');
  assert.equal((await tester.put('/snapshot', snapshot)).status, 204);
  const stolen = { ...snapshot, settings: { ...snapshot.settings, wallet: secret } };
  await tester.refused(400, /^settings\.wallet: (?!.*secret-of)/, 'PUT', '/snapshot', stolen, '/settings');
});

test('a tenant may have the name of a file', async () => {
  for (const name of ['package.json', 'x.json'])
    assert.equal((await new Tester(emulator, name).get('/settings')).status, 200, name);
});

test('a wallet that a scenario does not fit is refused, as at the start', async () => {
  const tester = new Tester(emulator);
  await tester.put('/settings', { wallet: 'platform-v2' });
  // biome-ignore lint/suspicious/noThenProperty: `then` is a field of scenarios
  const scenario = { id: 'used', then: { result: 'USED_AUTHCODE' } };
  assert.equal((await tester.post('/scenarios', scenario)).status, 201);
  await tester.refused(
    400,
    /^wallet: the scenario used does not fit toka: then\.result: got USED_AUTHCODE; on every wallet: auth-code-used, …; .*\. Change or remove the scenario first$/,
    'PUT',
    '/settings',
    { wallet: 'toka' },
    '/settings',
  );
  assert.equal((await tester.get('/settings')).body.wallet, 'platform-v2');
  // biome-ignore lint/suspicious/noThenProperty: `then` is a field of scenarios
  await tester.call('PATCH', '/scenarios/used', { then: { result: 'auth-code-used' } });
  assert.equal((await tester.put('/settings', { wallet: 'toka' })).status, 200);
});
