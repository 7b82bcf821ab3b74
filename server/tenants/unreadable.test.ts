// biome-ignore-all lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { pino } from 'pino';
import { readConfig } from '../emulator/config.js';
import { openEmulator } from '../emulator/emulator.js';
import { aurora, openTestEmulator, scratchFolder, users, World } from '../testing/emulator.js';
import { Tester } from '../testing/tester.js';

/** A data folder with the tenants `bad` and `good`, and the log of `bad`. */
async function twoTenants(): Promise<{ data: string; log: string }> {
  const data = scratchFolder();
  const emulator = await openTestEmulator({ data });
  for (const name of ['bad', 'good']) {
    await new World(emulator.url, emulator.tenants.get(name)).tokens();
    await new Tester(emulator, name).put('/clock', { now: '2030-01-01T00:00:00Z', frozen: true });
  }
  await emulator.close();
  const folder = join(data, readdirSync(data).find((name) => name.startsWith('bad~')) as string);
  const log = readdirSync(folder, { recursive: true }).find((name) => String(name).endsWith('.jsonl')) as string;
  return { data, log: join(folder, log) };
}

const wrong: Record<string, [change: [kind: string, key: string, entry: object], problem: RegExp]> = {
  'a clock without a number': [['tenant', 'clock', { offset: 'abc' }], /clock: offset: expected a number$/],
  'a scenario without a step': [
    ['tenant', 'scenario s', { record: { id: 's' }, calls: 0, hits: 0, asked: 0 }],
    /scenario s: record\.then: missing; expected /,
  ],
  'an empty consent': [['consents', 'u a', {}], /u a: userId: missing; expected a string/],
  'a field of a newer version': [
    ['tenant', 'clock', { offset: 0, speed: 2 }],
    /clock: unknown field "speed"; allowed: offset, frozenAt$/,
  ],
  'an unknown kind of record': [['tenant', 'skin', {}], /skin: unknown key; expected one that begins with client, app, user/],
  'a code under another key': [
    ['auth-codes', 'one', { wallet: 'w', authCode: 'two', clientId: 'c', userId: 'u', scopes: [], issuedAt: 1, expiresAt: 2 }],
    /one: authCode: expected the entry's key$/,
  ],
  'a wallet that is gone': [['tenant', 'settings', { wallet: 'gone' }], /settings: wallet: unknown wallet "gone"/],
};

describe('a stored tenant that is wrong', () => {
  for (const [name, [change, problem]] of Object.entries(wrong)) {
    test(name, async () => {
      const { data, log } = await twoTenants();
      writeFileSync(log, `${readFileSync(log, 'utf8')}${JSON.stringify([change])}\n`);
      const before = readFileSync(log, 'utf8');
      const logged: string[] = [];
      const logger = pino({ level: 'error' }, { write: (line: string) => logged.push(JSON.parse(line).msg) });
      const emulator = await openEmulator({ ...readConfig({ port: 0 }, {}), data }, logger);
      after(() => emulator.close());

      assert.equal(logged.length, 1);
      assert.match(logged[0] as string, problem);
      assert.ok(logged[0]?.startsWith(`the stored tenant bad cannot be used: ${log}:`));
      const bad = new Tester(emulator, 'bad');
      for (const [method, path, body] of [
        ['GET', '/clock', undefined],
        ['PUT', '/settings', { consent: 'deny' }],
        ['POST', '/reset', undefined],
        ['GET', '/settings', undefined],
      ] as const) {
        const response = await emulator.app.inject({
          method,
          url: `/t/bad/_emulator${path}`,
          ...(body && { payload: body }),
        });
        assert.equal(response.statusCode, 503);
        assert.equal(response.json().error, 'tenant-unreadable');
        assert.ok(response.json().message.startsWith(logged[0]));
      }
      const called = await new World(emulator.url, emulator.tenants.get(bad.tenant)).userInfo('token');
      assert.equal(called.code, 'PROCESS_FAIL');
      const good = new Tester(emulator, 'good');
      assert.equal((await good.get('/clock')).body.now, '2030-01-01T00:00:00.000Z');
      await emulator.close();
      assert.equal(readFileSync(log, 'utf8'), before, 'the files stay as they are');
    });
  }
});

test('everything that the control API accepts can be read after a restart', async () => {
  const data = scratchFolder();
  const emulator = await openTestEmulator({ data });
  const tester = new Tester(emulator);
  const long = 'ñ'.repeat(200);
  const sent = [
    await tester.put('/clock', { now: '9999-12-31T00:00:00Z' }),
    await tester.put('/settings', { lifetimes: { accessToken: 'P365000D', authCode: 0.0004 } }),
    await tester.post('/users', { userId: long, name: long, extra: { 'a\nb': [null, { c: 1 }] } }),
    await tester.post('/scenarios', { id: long.slice(0, 100), when: { header: { 'a\nb': 'x' } }, then: [{ delay: 0 }] }),
    await tester.post('/consents', { userId: long, appId: aurora.appId, scopes: ['USER_NAME'] }),
    await tester.post('/tokens', { ...aurora, userId: long, scopes: ['USER_ID'] }),
  ];
  for (const { status, text } of sent) assert.ok(status < 500, text);
  for (const userId of Object.values(users)) await tester.delete(`/users/${userId}`);
  await tester.delete(`/users/${encodeURIComponent(long)}`);
  await emulator.close();
  const again = await openTestEmulator({ data });
  assert.equal((await new Tester(again, tester.tenant).get('/settings')).status, 200);
  await again.close();
});
