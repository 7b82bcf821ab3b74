// biome-ignore-all lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emulatorForFile, newWorld, users } from '../testing/emulator.js';
import { type AuthCodeResult, MiniProgram, submitConsent } from '../testing/mini-program.js';
import { Tester } from '../testing/tester.js';
import type { ScenarioRecord } from './schema.js';

const emulator = await emulatorForFile();
const scopes = ['USER_ID', 'USER_NAME', 'USER_AVATAR'];

/** A world whose user would be asked, and a scenario that acts once. */
async function open(then: ScenarioRecord['then'], changes: object = {}) {
  const world = newWorld(emulator);
  const tester = new Tester(emulator, world.tenant.name);
  const added = await tester.post('/scenarios', { id: 's', when: { operation: 'getAuthCode' }, then, times: 1, ...changes });
  assert.equal(added.status, 201, added.text);
  return { world, tester, page: new MiniProgram(emulator.url, world.tenant.name) };
}

const all = { USER_ID: '10001', USER_NAME: '10001', USER_AVATAR: '10001' };
const results: [title: string, then: ScenarioRecord['then'], expected: AuthCodeResult][] = [
  ['grant', { consent: 'grant' }, { authSuccessScopes: scopes, authErrorScopes: {} }],
  [
    'grant without a list of scopes',
    { consent: 'grant', denyScopes: ['USER_NAME'] },
    { authSuccessScopes: ['USER_ID', 'USER_AVATAR'], authErrorScopes: { USER_NAME: '10001' } },
  ],
  [
    'grant without some scopes, with an error code for each',
    { denyScopes: { USER_NAME: '40006', USER_AVATAR: '77' } },
    { authSuccessScopes: ['USER_ID'], authErrorScopes: { USER_NAME: '40006', USER_AVATAR: '77' } },
  ],
  [
    'deny: silent scopes are still granted',
    { consent: 'deny' },
    { authSuccessScopes: ['USER_ID'], authErrorScopes: { USER_NAME: '10001', USER_AVATAR: '10001' } },
  ],
  ['cancel', { consent: 'cancel' }, { error: 1001, errorMessage: 'the user cancelled the authorization', authErrorScopes: all }],
  [
    'cancel with another error',
    { consent: 'cancel', error: 10 },
    { error: 10, errorMessage: 'empty authCode or network time-out', authErrorScopes: all },
  ],
  [
    'an error with a message',
    { error: 1005, message: 'the wallet is tired' },
    { error: 1005, errorMessage: 'the wallet is tired', authErrorScopes: all },
  ],
];

describe('each result of my.getAuthCode, and the next call asks the user again', () => {
  for (const [title, then, expected] of results) {
    test(title, async () => {
      const { tester, page } = await open(then);
      const { authCode, ...result } = await page.getAuthCode(scopes);
      assert.deepEqual({ authErrorScopes: {}, ...result }, { ...expected, authErrorScopes: expected.authErrorScopes ?? {} });
      assert.equal(authCode !== undefined, expected.error === undefined);
      const [entry] = (await tester.get('/journal?kind=jsapi&limit=1')).body.entries;
      assert.equal(entry.scenario, 's');
      await tester.delete('/consents/1000001119398804001.3333010071465913000');
      assert.ok('sheet' in (await page.call('getAuthCode', { scopes })));
    });
  }
  for (const error of [2, 3, 4, 10, 11, 1000, 1001, 1005, 424242]) {
    test(`error ${error}`, async () => {
      const { page } = await open({ error });
      assert.equal((await page.getAuthCode(['USER_ID'])).error, error);
      assert.ok((await page.getAuthCode(['USER_ID'])).authCode);
    });
  }
});

test('deny, if all requested scopes can be refused: error 11', async () => {
  const { page } = await open({ consent: 'deny' });
  assert.deepEqual(await page.getAuthCode(['USER_NAME']), {
    error: 11,
    errorMessage: 'the user refused the authorization',
    authErrorScopes: { USER_NAME: '10001' },
  });
});

test('a scenario that answers for the user does not act on a silent call', async () => {
  const { world, page } = await open({ consent: 'cancel' });
  assert.ok((await page.getAuthCode(['auth_base'])).authCode);
  assert.equal(world.tenant.scenarios.get('s')?.calls, 0);
  assert.equal((await page.getAuthCode(['USER_NAME'])).error, 1001);
});

test('a scenario overrides the user’s behaviour, the setting and earlier consent', async () => {
  const { tester, page } = await open([{ consent: 'grant' }, { consent: 'deny' }], { times: 2 });
  await tester.put('/settings', { user: users.harriet, consent: 'deny' });
  assert.deepEqual((await page.getAuthCode(['USER_NAME'])).authSuccessScopes, ['USER_NAME']);
  assert.equal((await page.getAuthCode(['USER_NAME'])).error, 11);
});

test('a consent step waits for a mini program’s call, and a result for a merchant’s, in any order of the calls', async () => {
  const world = newWorld(emulator);
  const page = new MiniProgram(emulator.url, world.tenant.name);
  world.tenant.scenarios.add({ then: [{ consent: 'deny' }, { result: 'PROCESS_FAIL' }] });
  const exchange = () => world.aurora.call('/v2/authorizations/applyToken', {});
  assert.equal((await exchange()).code, 'PARAM_ILLEGAL');
  assert.equal((await page.getAuthCode(['USER_NAME'])).error, 11);
  assert.ok('sheet' in (await page.call('getAuthCode', { scopes: ['USER_NAME'] })));
  assert.equal((await exchange()).code, 'PROCESS_FAIL');
});

test('lifetimes apply to the code and its tokens, even if the user decides on the screen', async () => {
  const { world, tester, page } = await open({ lifetimes: { authCode: 'PT0S' } });
  const exchange = (authCode: string | undefined) =>
    world.aurora.call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode });
  const shown = await page.call('getAuthCode', { scopes: ['USER_NAME'] });
  assert.ok('sheet' in shown);
  const screen = await (await submitConsent(shown.sheet, 'allow', ['USER_NAME'])).text();
  const authCode = /authCode&quot;:&quot;(\w+)/.exec(screen)?.[1];
  assert.equal((await exchange(authCode)).code, 'EXPIRED_AUTHCODE');
  const [entry] = (await tester.get('/journal?kind=jsapi&limit=1')).body.entries;
  assert.equal(entry.scenario, 's');

  await tester.post('/scenarios', {
    id: 'short',
    when: { operation: 'getAuthCode' },
    then: { lifetimes: { accessToken: 'PT0S', refreshToken: 60 } },
    times: 1,
  });
  const { body } = await exchange((await page.getAuthCode(['USER_ID'])).authCode);
  assert.equal((await world.userInfo(body.accessToken)).code, 'EXPIRED_ACCESS_TOKEN');
  assert.equal(Date.parse(body.refreshTokenExpiryTime) - Date.parse(body.accessTokenExpiryTime), 60_000);
});

test('lifetimes of an exchange override the user’s, and the next tokens have the usual ones', async () => {
  const world = newWorld(emulator);
  world.tenant.scenarios.add({ when: { operation: 'applyToken' }, then: { lifetimes: { accessToken: 'PT0S' } }, times: 1 });
  const dead = await world.tokens({ user: users.owen });
  assert.equal((await world.userInfo(dead.accessToken)).code, 'EXPIRED_ACCESS_TOKEN');
  const { body } = await world.refresh(dead.refreshToken);
  assert.equal((await world.userInfo(body.accessToken)).code, 'SUCCESS');
});

test('a JSAPI without a screen can fail too', async () => {
  const tester = new Tester(emulator, 'superqi');
  await tester.post('/scenarios', { when: { operation: 'getDeviceInfo' }, then: { error: 3 }, times: 1 });
  const page = new MiniProgram(emulator.url, 'superqi');
  const call = () => page.call('getDeviceInfo');
  assert.equal((await call()).result.error, 3);
  assert.equal((await call()).ok, true);
});
