import assert from 'node:assert/strict';
import test from 'node:test';
import { emulatorForFile } from '../../testing/emulator.js';
import { Tester } from '../../testing/tester.js';

const emulator = await emulatorForFile();

test('the clock can be frozen, set, advanced and started', async () => {
  const tester = new Tester(emulator);
  assert.equal((await tester.get('/clock')).body.frozen, false);
  const { now } = (await tester.put('/clock', { frozen: true })).body;
  assert.deepEqual((await tester.get('/clock')).body, { now, frozen: true });
  assert.deepEqual((await tester.put('/clock', { now: '2030-01-01T08:00:00+08:00' })).body, {
    now: '2030-01-01T00:00:00.000Z',
    frozen: true,
  });
  assert.deepEqual((await tester.post('/clock/advance', { by: 'PT2H' })).body, { now: '2030-01-01T02:00:00.000Z', frozen: true });
  assert.deepEqual((await tester.post('/clock/advance', { by: 0.5 })).body, { now: '2030-01-01T02:00:00.500Z', frozen: true });
  assert.deepEqual((await tester.put('/clock', {})).body, { now: '2030-01-01T02:00:00.500Z', frozen: true });
  const running = (await tester.put('/clock', { frozen: false })).body;
  assert.equal(running.frozen, false);
  assert.match(running.now, /^2030-01-01T02:00:0/);
  assert.deepEqual((await tester.put('/clock', { now: '2031-05-06T07:08:09.5Z', frozen: true })).body, {
    now: '2031-05-06T07:08:09.500Z',
    frozen: true,
  });
  assert.match((await tester.put('/clock', { now: '2032-01-01T00:00:00Z', frozen: false })).body.now, /^2032-01-01T00:00:0/);
  assert.match((await tester.get('/health')).body.now, /^2032-01-01/);
});

test('the clock stops at the last time that ISO 8601 can express', async () => {
  const tester = new Tester(emulator);
  for (let jump = 0; jump < 12; jump++) await tester.post('/clock/advance', { by: 'P365000D' });
  assert.equal((await tester.get('/clock')).body.now, '9999-12-31T00:00:00.000Z');
  const { body } = await tester.post('/auth-codes', {
    clientId: '202016726873874774774000',
    scopes: ['USER_ID'],
    lifetime: 'P365000D',
  });
  assert.equal(body.expiryTime, '9999-12-31T00:00:00.000Z');
  assert.equal((await tester.get('/journal')).status, 200);
});

test('an invalid time or duration is rejected and does not move the clock', async () => {
  const tester = new Tester(emulator);
  await tester.put('/clock', { frozen: true });
  const times = [
    '',
    'now',
    '2030',
    '2030-01-01',
    '2030-01-01T10:00',
    '2030-01-01T10:00:00',
    '2030-02-30T10:00:00Z',
    '2030-13-01T00:00:00Z',
    '2030-01-01T00:00:00+99:00',
    '1900000000000',
    1_900_000_000_000,
    null,
    true,
    {},
  ];
  for (const now of times) await tester.refused(400, /^now: expected /, 'PUT', '/clock', { now, frozen: false }, '/clock');
  for (const frozen of ['true', 1, null])
    await tester.refused(
      400,
      /^frozen: expected true or false/,
      'PUT',
      '/clock',
      { now: '2030-01-01T00:00:00Z', frozen },
      '/clock',
    );
  await tester.refused(400, /^unknown field "by"; allowed: now, frozen/, 'PUT', '/clock', { by: 'PT1H' }, '/clock');
  for (const by of ['', 'PT', 'P', '5', '-PT1H', 'P1M', 'P1Y', 'PT1H2', 'P365001D', -1, 1e20, null, []])
    await tester.refused(400, /^by: expected /, 'POST', '/clock/advance', { by }, '/clock');
  await tester.refused(400, /^by: .*missing/, 'POST', '/clock/advance', {}, '/clock');
});
