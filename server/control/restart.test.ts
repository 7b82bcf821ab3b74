import assert from 'node:assert/strict';
import test from 'node:test';
import { aurora, openTestEmulator, scratchFolder, users } from '../testing/emulator.js';
import { Tester } from '../testing/tester.js';

test('with a data folder, changes survive a restart', async () => {
  const data = scratchFolder();
  const first = await openTestEmulator({ data });
  const tester = new Tester(first);
  await tester.put('/clock', { now: '2030-01-01T00:00:00Z', frozen: true });
  await tester.put('/settings', { consent: 'grant', user: users.lucia });
  await tester.post('/users', { userId: 'u', name: 'U' });
  await tester.delete(`/users/${users.lucia}`);
  await tester.post('/consents', { userId: 'u', appId: aurora.appId, scopes: ['USER_NAME'] });
  await tester.post('/tokens', { ...aurora, userId: 'u', scopes: ['USER_ID'] });
  const paths = ['/clock', '/settings', '/users', '/consents', '/tokens'];
  const before = await Promise.all(paths.map(async (path) => (await tester.get(path)).body));
  await first.close();

  const second = await openTestEmulator({ data });
  const same = new Tester(second, tester.tenant);
  assert.deepEqual(await Promise.all(paths.map(async (path) => (await same.get(path)).body)), before);
  await second.close();
});

test('a restart works without any user', async () => {
  const data = scratchFolder();
  const first = await openTestEmulator({ data });
  const tester = new Tester(first);
  for (const userId of Object.values(users)) await tester.delete(`/users/${userId}`);
  await first.close();
  const second = await openTestEmulator({ data });
  assert.equal((await new Tester(second, tester.tenant).get('/settings')).status, 200);
  await second.close();
});

test('resets during changes: every response is a success', async () => {
  const emulator = await openTestEmulator({ data: scratchFolder() });
  const tester = new Tester(emulator);
  const changes = Array.from({ length: 60 }, (_, index) =>
    index % 6 === 5 ? tester.post('/reset') : tester.post('/tokens', { ...aurora, userId: users.tomas, scopes: ['USER_ID'] }),
  );
  for (const { status } of await Promise.all(changes)) assert.ok(status === 201 || status === 204, String(status));
  await emulator.close();
});
