import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { pino } from 'pino';
import { readOptions } from '../../emulator/config.js';
import { openEmulator } from '../../emulator/emulator.js';
import { version } from '../../emulator/version.js';
import { aurora, emulatorForFile, users } from '../../testing/emulator.js';
import { Tester } from '../../testing/tester.js';

const emulator = await emulatorForFile();

test('health has the version, the wallet and the time', async () => {
  const { status, body, headers } = await new Tester(emulator).get('/health');
  assert.equal(status, 200);
  assert.deepEqual(
    { ...body, now: typeof body.now },
    {
      status: 'ok',
      version,
      wallet: 'platform-v2',
      now: 'string',
      limits: { tenants: 5000, tokens: 200_000 },
      evicted: { tenants: 0, tokens: 0 },
    },
  );
  assert.equal(headers['cache-control'], 'no-store');
  assert.equal(headers['x-content-type-options'], 'nosniff');
  assert.match(String(headers['content-security-policy']), /frame-ancestors 'none'/);
});

test('health and log say what was dropped because of a limit', async () => {
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line) => lines.push(JSON.parse(line).msg) });
  const small = await openEmulator({ ...readOptions({ port: 0, maxTokens: 10, maxTenants: 3 }) }, log);
  after(() => small.close());
  const tester = new Tester(small, 'default');
  const issue = async () =>
    (await tester.post('/tokens', { clientId: aurora.clientId, userId: users.tomas, scopes: ['USER_ID'] })).body;
  const issued = [];
  for (let count = 0; count < 10; count++) issued.push(await issue());
  assert.deepEqual((await tester.get('/health')).body.evicted, { tenants: 0, tokens: 0 }, 'at the limit');
  await tester.post('/tokens/expire', { accessToken: issued[4].accessToken });
  await tester.post('/tokens/expire', { refreshToken: issued[4].refreshToken });
  for (let count = 0; count < 3; count++) await issue();
  for (const name of ['a', 'b', 'c', 'd']) await new Tester(small, name).get('/clock');

  const { limits, evicted } = (await tester.get('/health')).body;
  assert.deepEqual(limits, { tenants: 3, tokens: 10 });
  assert.equal(evicted.tenants, 2);
  assert.ok(evicted.tokens > 0);
  assert.equal(lines.length, 2, 'one line for each limit, not one for each drop');
  assert.match(
    lines[0] ?? '',
    /^more than 10 codes or tokens of one kind in a tenant: live ones are dropped .* raise --max-tokens$/,
  );
  assert.match(lines[1] ?? '', /^more than 3 tenants: .* raise --max-tenants$/);
});
