// biome-ignore-all lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aurora, emulatorForFile, faro, newWorld, users, type World } from '../testing/emulator.js';
import { MiniProgram } from '../testing/mini-program.js';
import { Tester } from '../testing/tester.js';
import type { ScenarioRecord } from './schema.js';

const emulator = await emulatorForFile();
const applyToken = '/v2/authorizations/applyToken';
const then = { result: 'PROCESS_FAIL' };

function exchange(world: World, authCode: string, more: object = {}, headers: Record<string, string> = {}) {
  return world.aurora.call(applyToken, { grantType: 'AUTHORIZATION_CODE', authCode, ...more }, { headers });
}

describe('when', () => {
  const matching: [title: string, when: ScenarioRecord['when'], other: ScenarioRecord['when']][] = [
    ['operation', { operation: 'applyToken' }, { operation: 'revoke' }],
    ['any operation', { operation: '*' }, { operation: 'getAuthCode' }],
    ['clientId', { clientId: aurora.clientId }, { clientId: faro.clientId }],
    ['appId, of the code', { appId: aurora.appId }, { appId: faro.appId }],
    ['userId, of the code', { userId: users.tomas }, { userId: users.owen }],
    ['scope, of the code', { scope: 'USER_NAME' }, { scope: 'USER_AVATAR' }],
    ['grantType', { grantType: 'AUTHORIZATION_CODE' }, { grantType: 'REFRESH_TOKEN' }],
    ['path', { path: applyToken }, { path: '/v2/authorizations/revoke' }],
    ['path and operation', { path: applyToken, operation: 'applyToken' }, { path: `${applyToken}.htm` }],
    ['header, in any case', { header: { 'X-Test': 'a' } }, { header: { 'x-test': 'b' } }],
    ['header that is missing', {}, { header: { 'x-none': 'a' } }],
    ['body', { body: { '/extendInfo/a~1b/0': { n: [1, null] } } }, { body: { '/extendInfo/a~1b/1': 1 } }],
    [
      'body, whatever the order of its fields',
      { body: { '/extendInfo': { x: 1, 'a/b': [{ n: [1, null] }] } } },
      { body: { '': {} } },
    ],
    [
      'all of it',
      { operation: 'applyToken', userId: users.tomas, scope: 'USER_ID' },
      { operation: 'applyToken', userId: users.owen },
    ],
  ];
  for (const [title, when, other] of matching) {
    test(title, async () => {
      const world = newWorld(emulator);
      world.tenant.scenarios.add({ id: 'other', when: other ?? {}, then: { result: 'UNKNOWN_EXCEPTION' } });
      world.tenant.scenarios.add({ id: 'this', when: when ?? {}, then });
      const authCode = await world.code({ scopes: ['USER_ID', 'USER_NAME'] });
      const extendInfo = { 'a/b': [{ n: [1, null] }], x: 1 };
      const { code, message } = await exchange(world, authCode, { extendInfo }, { 'X-Test': 'a' });
      assert.deepEqual([code, world.tenant.scenarios.get('other')?.calls], ['PROCESS_FAIL', 0], message);
    });
  }

  test('matches the user, scopes and mini program of a token', async () => {
    const world = newWorld(emulator);
    const { accessToken, refreshToken } = await world.tokens({ scopes: ['USER_NAME'] });
    world.tenant.scenarios.add({ when: { userId: users.tomas, scope: 'USER_NAME', appId: aurora.appId }, then });
    assert.equal((await world.userInfo(accessToken)).code, 'PROCESS_FAIL');
    assert.equal((await world.refresh(refreshToken)).code, 'PROCESS_FAIL');
    assert.equal((await world.userInfo('unknown')).code, 'INVALID_ACCESS_TOKEN');
  });

  test('matches the app, client, user, scopes and body of a mini program’s call', async () => {
    const world = newWorld(emulator);
    const page = new MiniProgram(emulator.url, world.tenant.name);
    world.tenant.scenarios.add({
      when: {
        operation: 'getAuthCode',
        ...aurora,
        userId: users.lucia,
        scope: 'USER_NAME',
        header: { origin: 'http://localhost:3000' },
        body: { '/params/scopes/0': 'USER_NAME' },
      },
      then: { consent: 'deny' },
    });
    assert.equal((await page.getAuthCode(['USER_NAME'])).error, 11);
    assert.ok('sheet' in (await page.call('getAuthCode', { scopes: ['USER_AVATAR'] })));
  });

  test('matches an authorization that the server starts', async () => {
    const world = newWorld(emulator);
    world.tenant.scenarios.add({ when: { operation: 'prepare', scope: 'AGREEMENT_PAY' }, then });
    assert.equal((await world.aurora.call('/v1/authorizations/prepare', { scopes: ['AGREEMENT_PAY'] })).code, 'PROCESS_FAIL');
    assert.equal((await world.aurora.call('/v1/authorizations/prepare', { scopes: ['USER_NAME'] })).code, 'SUCCESS');
  });
});

/** The result codes of several calls. */
async function codes(world: World, count: number): Promise<string[]> {
  const found: string[] = [];
  for (let call = 0; call < count; call++) found.push((await exchange(world, 'x')).code);
  return found;
}
const usual = 'INVALID_AUTHCODE';

describe('times and after', () => {
  const cases: [title: string, records: ScenarioRecord[], expected: string[]][] = [
    ['always', [{ then }], ['PROCESS_FAIL', 'PROCESS_FAIL', 'PROCESS_FAIL']],
    ['so many times', [{ then, times: 2 }], ['PROCESS_FAIL', 'PROCESS_FAIL', usual, usual]],
    ['after so many', [{ then, after: 2 }], [usual, usual, 'PROCESS_FAIL', 'PROCESS_FAIL']],
    ['after so many, so many times', [{ then, after: 1, times: 1 }], [usual, 'PROCESS_FAIL', usual]],
    [
      'a list: first this, then that, then normal',
      [{ then: [{ result: 'PROCESS_FAIL' }, { result: 'USED_AUTHCODE' }] }],
      ['PROCESS_FAIL', 'USED_AUTHCODE', usual],
    ],
    [
      'a list over and over',
      [{ then: [{ result: 'PROCESS_FAIL' }, { result: 'USED_AUTHCODE' }], times: 3, after: 1 }],
      [usual, 'PROCESS_FAIL', 'USED_AUTHCODE', 'PROCESS_FAIL', usual],
    ],
    [
      'the first in order of creation, and then the next',
      [
        { then, times: 1 },
        { then: { result: 'USED_AUTHCODE' }, times: 1 },
      ],
      ['PROCESS_FAIL', 'USED_AUTHCODE', usual],
    ],
  ];
  for (const [title, records, expected] of cases) {
    test(title, async () => {
      const world = newWorld(emulator);
      for (const record of records) world.tenant.scenarios.add(record);
      assert.deepEqual(await codes(world, expected.length), expected);
    });
  }

  test('act on the right number of concurrent calls', async () => {
    const world = newWorld(emulator);
    world.tenant.scenarios.add({ then, times: 7 });
    const answers = await Promise.all(Array.from({ length: 40 }, () => exchange(world, 'x')));
    assert.equal(answers.filter(({ code }) => code === 'PROCESS_FAIL').length, 7);
  });
});

describe('X-Emulator-Scenario', () => {
  const asked = (world: World, scenario: string, authCode = 'x') =>
    exchange(world, authCode, {}, { 'X-Emulator-Scenario': scenario });

  test('an id: the scenario acts on this call, even if it does not match or is used up', async () => {
    const world = newWorld(emulator);
    world.tenant.scenarios.add({ id: 'mine', when: { operation: 'revoke' }, then, times: 1 });
    assert.equal((await asked(world, 'mine')).code, 'PROCESS_FAIL');
    assert.equal((await asked(world, 'mine')).code, 'PROCESS_FAIL');
    assert.equal((await exchange(world, 'x')).code, usual);
    assert.equal(world.tenant.scenarios.get('mine')?.hits, 2);
  });

  test('a result code, or an outcome’s name; a code with several outcomes means the first', async () => {
    const world = newWorld(emulator);
    for (const [name, code] of [
      ['EXPIRED_AUTHCODE', 'EXPIRED_AUTHCODE'],
      ['auth-code-used', 'USED_AUTHCODE'],
      ['PARAM_ILLEGAL', 'PARAM_ILLEGAL'],
    ] as const) {
      assert.equal((await asked(world, name)).code, code);
      const [entry] = world.tenant.journal.list({}, 1);
      assert.equal(entry?.scenario, name);
    }
    assert.equal((await asked(world, 'SUCCESS', await world.code())).code, 'SUCCESS');
  });

  test('a name from the library', async () => {
    const world = newWorld(emulator);
    assert.equal((await asked(world, 'merchant-suspended')).code, 'INVALID_AUTH_CLIENT_STATUS');
    const page = new MiniProgram(emulator.url, world.tenant.name);
    assert.equal((await page.getAuthCode(['USER_NAME'], { 'x-emulator-scenario': 'user-closes' })).error, 1001);
    assert.ok('sheet' in (await page.call('getAuthCode', { scopes: ['USER_NAME'] })));
  });

  test('overrides the scenarios that match', async () => {
    const world = newWorld(emulator);
    world.tenant.scenarios.add({ id: 'all', then });
    assert.equal((await asked(world, 'USED_AUTHCODE')).code, 'USED_AUTHCODE');
    assert.equal(world.tenant.scenarios.get('all')?.calls, 0);
  });

  test('another name: PARAM_ILLEGAL, and the operation does not run', async () => {
    const world = newWorld(emulator);
    world.tenant.scenarios.add({ id: 'mine', then });
    const authCode = await world.code();
    for (const name of ['no-such', 'success', '__proto__', 'toString', 'x'.repeat(2000)]) {
      const { code, message } = await asked(world, name, authCode);
      assert.equal(code, 'PARAM_ILLEGAL');
      assert.match(
        message,
        /^the header X-Emulator-Scenario is ".*": expected a scenario \(mine\), a name from the library, or a result code \(SUCCESS, /,
      );
    }
    const { code, message } = await asked(world, 'user-refuses', authCode);
    assert.equal(code, 'PARAM_ILLEGAL');
    assert.match(message, /which sets consent: that has no effect on a call from a merchant's server$/);
    world.tenant.scenarios.clear();
    assert.equal((await exchange(world, authCode)).code, 'SUCCESS');
  });

  test('another name in a mini program’s call: error 2', async () => {
    const world = newWorld(emulator);
    const page = new MiniProgram(emulator.url, world.tenant.name);
    for (const name of ['no-such', 'USED_AUTHCODE']) {
      const { error, errorMessage } = await page.getAuthCode(['USER_NAME'], { 'x-emulator-scenario': name });
      assert.equal(error, 2);
      assert.match(errorMessage ?? '', /^the header X-Emulator-Scenario/);
    }
  });
});

test('the journal says which scenario acted', async () => {
  const world = newWorld(emulator);
  const tester = new Tester(emulator, world.tenant.name);
  world.tenant.scenarios.add({ id: 'one', then, times: 1 });
  await exchange(world, 'x');
  await exchange(world, 'x');
  const { entries } = (await tester.get('/journal?kind=openapi')).body;
  assert.deepEqual(
    entries.map(({ scenario, reason }: Record<string, string>) => [scenario, reason]),
    [
      [undefined, entries[0].reason],
      ['one', `the scenario one set the result ${then.result}`],
    ],
  );
});
