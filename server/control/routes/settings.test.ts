import assert from 'node:assert/strict';
import test from 'node:test';
import { emulatorForFile, users } from '../../testing/emulator.js';
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
