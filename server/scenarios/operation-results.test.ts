// biome-ignore-all lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { outcomeNames } from '../engine/outcomes.js';
import { emulatorForFile, newWorld } from '../testing/emulator.js';
import { Tester } from '../testing/tester.js';

const emulator = await emulatorForFile();

describe('every result code of every operation, and the next call is normal', () => {
  const { profile } = emulator.tenants.default;
  for (const { name, paths } of new Set(profile.operations.values())) {
    test(name, async () => {
      const world = newWorld(emulator);
      const tester = new Tester(emulator, world.tenant.name);
      const path = paths[0] as string;
      const usual = await world.aurora.call(path, {});
      const codes = [...new Set(Object.values(profile.codes).map(({ code }) => code))];
      for (const result of [...codes, ...outcomeNames]) {
        const wire = outcomeNames.find((outcome) => outcome === result || profile.codes[outcome].code === result);
        assert.ok(wire);
        const id = `${result}-once`;
        const added = await tester.post('/scenarios', { id, when: { operation: name }, then: { result }, times: 1 });
        assert.equal(added.status, 201, added.text);
        const { code, message, body } = await world.aurora.call(path, {});
        if (wire === 'done') assert.equal(code, usual.code, 'the operation itself');
        else {
          assert.deepEqual([code, body.result.resultStatus], [profile.codes[wire].code, profile.codes[wire].status]);
          assert.match(message, new RegExp(`^the scenario ${id} set the result ${profile.codes[wire].code}$`));
        }
        const [entry] = (await tester.get('/journal?kind=openapi&limit=1')).body.entries;
        assert.deepEqual([entry.scenario, entry.resultCode, entry.operation], [id, code, name]);
        const next = await world.aurora.call(path, {});
        assert.deepEqual([next.code, next.message], [usual.code, usual.message]);
      }
    });
  }
});

test('every wallet has a result code for every outcome', async () => {
  for (const wallet of ['platform-v1', 'alipay-plus', 'superqi', 'toka', 'vodapay', 'claro', 'tng']) {
    const tester = new Tester(emulator, wallet);
    const { profile } = emulator.tenants.get(wallet);
    const operation = [...profile.operations.values()].find(({ name }) => name === 'applyToken');
    for (const outcome of outcomeNames.filter((name) => name !== 'done')) {
      await tester.post('/scenarios', { id: outcome, when: { operation: 'applyToken' }, then: { result: outcome }, times: 1 });
      const answer = await emulator.app.inject({
        method: 'POST',
        url: operation?.paths[0] as string,
        headers: {
          'x-emulator-tenant': wallet,
          'content-type': 'application/json',
          'client-id': '202016726873874774774000',
          'request-id': 'r',
          'request-time': new Date().toISOString(),
        },
        payload: '{}',
      });
      assert.equal(answer.json().result.resultCode, profile.codes[outcome].code, `${wallet} ${outcome} ${answer.payload}`);
    }
  }
});

test('a result can have a message', async () => {
  const world = newWorld(emulator);
  world.tenant.scenarios.add({ then: { result: 'PROCESS_FAIL', message: 'the moon is full' } });
  const { code, message } = await world.aurora.call('/v2/authorizations/applyToken', {});
  assert.deepEqual([code, message], ['PROCESS_FAIL', 'the moon is full']);
});

test('with a result, the operation does not run: the code stays unused', async () => {
  const world = newWorld(emulator);
  world.tenant.scenarios.add({ when: { operation: 'applyToken' }, then: { result: 'UNKNOWN_EXCEPTION' }, times: 1 });
  const request = { grantType: 'AUTHORIZATION_CODE', authCode: await world.code() };
  const answers = [];
  for (let call = 0; call < 3; call++) answers.push((await world.aurora.call('/v2/authorizations/applyToken', request)).code);
  assert.deepEqual(answers, ['UNKNOWN_EXCEPTION', 'SUCCESS', 'USED_AUTHCODE']);
});

test('a scenario is matched after the signature was checked', async () => {
  const world = newWorld(emulator);
  world.tenant.scenarios.add({ id: 'all', then: { result: 'PROCESS_FAIL' } });
  world.changeClient(world.aurora.clientId, { signature: 'required' });
  const path = '/v2/authorizations/applyToken';
  const call = (options = {}) => world.aurora.call(path, {}, options);
  assert.equal((await call({ unsigned: true })).code, 'INVALID_SIGNATURE');
  assert.equal((await call({ unsigned: true, headers: { 'X-Emulator-Scenario': 'all' } })).code, 'INVALID_SIGNATURE');
  assert.equal((await call({ headers: { 'Content-Type': 'text/plain' } })).code, 'MEDIA_TYPE_NOT_ACCEPTABLE');
  assert.equal(world.tenant.scenarios.get('all')?.hits, 0);
  assert.equal((await call()).code, 'PROCESS_FAIL');
  assert.equal((await world.aurora.call(path, 'no JSON')).code, 'PROCESS_FAIL');
});

test('a raw answer has only its status and body', async () => {
  const world = newWorld(emulator);
  const tester = new Tester(emulator, world.tenant.name);
  const raw = [
    { status: 502, body: '<html>Bad Gateway</html>', type: 'text/plain; charset=utf-8', text: '<html>Bad Gateway</html>' },
    { status: 401, body: { error: 'x' }, type: 'application/json; charset=UTF-8', text: '{"error":"x"}' },
    { status: 200, body: [], type: 'application/json; charset=UTF-8', text: '[]' },
    { status: 503, type: 'text/plain; charset=utf-8', text: '' },
  ];
  await tester.post('/scenarios', { id: 'raw', then: raw.map(({ status, body }) => ({ status, body })) });
  const code = await world.code();
  const call = () =>
    fetch(`${emulator.url}/v2/authorizations/applyToken`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'client-id': world.aurora.clientId,
        'x-emulator-tenant': world.tenant.name,
      },
      body: JSON.stringify({ grantType: 'AUTHORIZATION_CODE', authCode: code }),
    });
  for (const { status, type, text } of raw) {
    const answer = await call();
    assert.deepEqual([answer.status, answer.headers.get('content-type'), await answer.text()], [status, type, text]);
    assert.equal(answer.headers.get('signature'), null);
    const [entry] = (await tester.get('/journal?kind=openapi&limit=1')).body.entries;
    assert.deepEqual([entry.status, entry.resultCode, entry.scenario, entry.response.body], [status, undefined, 'raw', text]);
  }
  assert.equal((await call()).status, 200);
});
