// biome-ignore-all lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DialectWorld } from '../testing/dialects/dialect-world.js';
import { dialectOf } from '../testing/dialects/dialects.js';
import { emulatorForFile } from '../testing/emulator.js';
import { Tester } from '../testing/tester.js';

const emulator = await emulatorForFile();
const path = '/v1/payments/pay';

async function worldWith(...scenarios: object[]): Promise<DialectWorld> {
  const world = await DialectWorld.open(emulator, dialectOf('platform-v2'));
  for (const scenario of scenarios) await world.control('POST', 'scenarios', scenario);
  return world;
}

test('a scenario with a path answers at a path that no operation has, signed like any other answer', async () => {
  const world = await worldWith({ id: 'paid', when: { path, body: { '/amount': '5' } }, then: { result: 'SUCCESS' } });
  const paid = await world.call(path, { amount: '5' });
  assert.deepEqual([paid.code, paid.message], ['SUCCESS', 'success']);
  const other = await world.call(path, { amount: '6' });
  assert.equal(other.code, 'INVALID_API');
  assert.match(other.message, /has no operation at \/v1\/payments\/pay/);
  assert.equal((await world.call('/v1/payments/refund', { amount: '5' })).code, 'INVALID_API');
  const { entries } = await world.control('GET', 'journal?limit=3');
  assert.equal(entries[2].reason, 'the scenario paid set the result SUCCESS');
  assert.equal(entries[2].scenario, 'paid');
});

test('such a call is checked like others, and every effect on an answer works', async () => {
  const world = await worldWith(
    { when: { path }, then: { result: 'UNKNOWN_EXCEPTION', message: 'try again' }, times: 1 },
    { when: { path }, then: { result: 'traffic-exceeded' }, times: 1 },
  );
  assert.equal((await world.call(path, {}, { unsigned: true })).code, 'INVALID_SIGNATURE');
  assert.equal((await world.call(path, {}, { headers: { 'Client-Id': '1' } })).code, 'INVALID_CLIENT');
  assert.equal((await world.call(path, {}, { method: 'PUT' })).code, 'METHOD_NOT_SUPPORTED');
  const first = await world.call(path, {});
  assert.deepEqual([first.code, first.message], ['UNKNOWN_EXCEPTION U', 'try again']);
  assert.equal((await world.call(path, {}, { body: 'no JSON' })).code, 'REQUEST_TRAFFIC_EXCEED_LIMIT');
  assert.equal((await world.call(path, {})).code, 'INVALID_API', 'the scenarios are used up');
});

test('a raw answer works at such a path', async () => {
  const world = await worldWith({ when: { path }, then: { status: 502, body: { gateway: 'down' } } });
  await assert.rejects(world.call(path, {}), /down/);
});

test('a scenario without a path does not act on a path that no operation has', async () => {
  const world = await worldWith(
    { when: { path, header: { 'x-test': 'a' } }, then: { result: 'SUCCESS' } },
    { then: { result: 'SUCCESS' } },
  );
  assert.equal((await world.call(path, {})).code, 'INVALID_API');
  assert.equal((await world.call(path, {}, { headers: { 'x-test': 'a' } })).code, 'SUCCESS');
});

test('a scenario with a path acts on one path of an operation only', async () => {
  const world = await DialectWorld.open(emulator, dialectOf('gcash'));
  const [v1 = '', v2 = ''] = ['/v1/authorizations/applyToken', '/v2/authorizations/applyToken'];
  await world.control('POST', 'scenarios', { when: { operation: 'applyToken', path: v2 }, then: { result: 'PROCESS_FAIL' } });
  assert.equal((await world.exchange('none', { path: v1 })).code, 'INVALID_CODE');
  assert.equal((await world.exchange('none', { path: v2 })).code, 'PROCESS_FAIL');
});

test('a path that cannot match is rejected', async () => {
  const tester = new Tester(emulator);
  const add = async (when: object, then: object = { result: 'SUCCESS' }) =>
    (await tester.post('/scenarios', { when, then })).body.message;
  assert.match(await add({ path: 'v1/payments/pay' }), /^when.path: expected a string: the path of a call/);
  assert.match(await add({ path: '/v1/pay?m=1' }), /^when.path: expected/);
  assert.equal(
    await add({ path, operation: 'applyToken' }),
    'when.path: expected one of the paths of applyToken: /v2/authorizations/applyToken',
  );
  assert.match(await add({ path, operation: 'getAuthCode' }), /^when.path: expected only without an operation/);
  assert.match(
    await add({ path }, { consent: 'deny' }),
    /^then.consent: has no effect on \/v1\/payments\/pay, which is called by a/,
  );
  await tester.put('/settings', { wallet: 'tng' });
  assert.equal(await add({ path }), 'when.path: expected a path with its prefix, such as /acl/api/v1/payments/pay');
});
