import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Profiles } from '../profiles/profiles.js';
import { builtInFixtures, loadFixtures } from '../records/fixtures.js';
import { Tenant } from '../tenants/tenant.js';
import { aurora, days, users } from '../testing/emulator.js';
import { privateKey } from '../testing/merchant.js';
import { inEnglish } from '../texts/write-text.js';
import type { Decision } from './authorization.js';

const profiles = new Profiles([`${builtInFixtures}/wallets`], () => 'http://127.0.0.1:4010');
const fixtures = loadFixtures(undefined);

function wallet(registered: '*' | string[] = '*') {
  const tenant = new Tenant({
    name: 'default',
    wallet: 'platform-v2',
    profiles,
    fixtures,
    issuer: { privateKey: privateKey('platform-development.private.pem'), name: () => '' },
  });
  const [client, app, user] = [tenant.clients.get(aurora.clientId), tenant.apps.get(aurora.appId), tenant.users.get(users.lucia)];
  assert.ok(client && app && user);
  const request = (scopes: string[]) => ({ client: { ...client, scopes: registered }, app, user, scopes });
  const decide = async (scopes: string[], decision: Decision) => {
    const asked = request(scopes);
    return tenant.authorizations.decide(asked, await tenant.authorizations.sort(asked, true), decision);
  };
  return { tenant, request, decide };
}

describe('a decision', () => {
  test('to grant issues a code for all scopes, silent ones too', async () => {
    const { tenant, decide } = wallet();
    const { code, granted, refused, failure } = await decide(['USER_ID', 'USER_NAME'], { decision: 'grant' });
    assert.deepEqual([granted, refused, failure], [['USER_ID', 'USER_NAME'], {}, undefined]);
    assert.ok(code && code.authCode.length <= 64);
    assert.deepEqual(
      [code.userId, code.clientId, code.appId, code.scopes, code.expiresAt - code.issuedAt],
      [users.lucia, aurora.clientId, aurora.appId, granted, days(1)],
    );
    assert.equal(await tenant.store.findAuthCode(code.authCode), code);
  });

  test('to grant some scopes refuses the others, each with 10001 or its own code', async () => {
    const { granted, refused, code } = await wallet().decide(['USER_NAME', 'USER_GENDER', 'USER_AVATAR'], {
      decision: 'grant',
      refuse: { USER_NAME: '10001', USER_AVATAR: '77' },
    });
    assert.deepEqual(
      [granted, refused, code?.scopes],
      [['USER_GENDER'], { USER_NAME: '10001', USER_AVATAR: '77' }, ['USER_GENDER']],
    );
  });

  test('to deny still grants silent scopes', async () => {
    const { granted, refused, code, failure } = await wallet().decide(['auth_base', 'auth_user'], { decision: 'deny' });
    assert.deepEqual([granted, refused, failure], [['auth_base'], { auth_user: '10001' }, undefined]);
    assert.deepEqual(code?.scopes, ['auth_base']);
  });

  test('to deny all scopes is error 11', async () => {
    for (const decision of [{ decision: 'deny' }, { decision: 'grant', refuse: { auth_user: '10001' } }] as const) {
      const { code, refused, failure } = await wallet().decide(['auth_user'], decision);
      assert.deepEqual([code, refused, failure?.error], [undefined, { auth_user: '10001' }, 11]);
    }
  });

  test('to close the screen is error 1001, with 10001 for each scope', async () => {
    const { code, refused, failure } = await wallet().decide(['USER_ID', 'USER_NAME', 'NOPE'], { decision: 'cancel' });
    assert.deepEqual([code, refused, failure?.error], [undefined, { USER_ID: '10001', USER_NAME: '10001', NOPE: '40006' }, 1001]);
  });

  test('to fail gives the error of the decision, with its text', async () => {
    const named = await wallet().decide(['USER_ID'], { decision: 'fail', error: 1005 });
    assert.deepEqual(named.failure, { error: 1005, errorMessage: 'system error' });
    const own = await wallet().decide(['USER_ID'], { decision: 'fail', error: 77, errorMessage: 'tired' });
    assert.deepEqual(own.failure, { error: 77, errorMessage: 'tired' });
    assert.ok((await wallet().decide(['USER_ID'], { decision: 'fail', error: 77 })).failure?.errorMessage);
  });
});

describe('an unavailable scope', () => {
  test('is refused with 40006, and the other scopes can be granted', async () => {
    const { granted, refused } = await wallet(['USER_ID']).decide(['USER_ID', 'USER_NAME', 'NOPE'], { decision: 'grant' });
    assert.deepEqual([granted, refused], [['USER_ID'], { USER_NAME: '40006', NOPE: '40006' }]);
  });

  test('is an error for any decision, if it is the only scope', async () => {
    const { code, refused, failure, reason } = await wallet(['USER_ID']).decide(['USER_NAME'], { decision: 'grant' });
    assert.deepEqual([code, refused, failure?.error], [undefined, { USER_NAME: '40006' }, 4]);
    assert.match(inEnglish(reason), /not registered for USER_NAME/);
  });
});

describe('a consent', () => {
  test('is remembered for its user, mini program and scopes', async () => {
    const { tenant, request, decide } = wallet();
    await decide(['USER_ID', 'USER_NAME', 'USER_GENDER'], { decision: 'grant', refuse: { USER_GENDER: '10001' } });
    const sorted = await tenant.authorizations.sort(request(['USER_ID', 'USER_NAME', 'USER_GENDER']), true);
    assert.deepEqual(sorted, { silent: ['USER_ID'], remembered: ['USER_NAME'], ask: ['USER_GENDER'], unavailable: [] });
    assert.deepEqual(
      (await tenant.authorizations.sort(request(['USER_NAME']), false)).ask,
      ['USER_NAME'],
      'unless nothing is to be remembered',
    );
    const tomas = tenant.users.get(users.tomas);
    assert.ok(tomas);
    assert.deepEqual((await tenant.authorizations.sort({ ...request(['USER_NAME']), user: tomas }, true)).ask, ['USER_NAME']);
    const { app: _, ...withoutApp } = request(['USER_NAME']);
    assert.deepEqual((await tenant.authorizations.sort(withoutApp, true)).ask, ['USER_NAME']);
  });

  test('to nothing is not remembered', async () => {
    const { tenant, decide } = wallet();
    await decide(['USER_ID'], { decision: 'grant' });
    await decide(['USER_NAME'], { decision: 'deny' });
    await decide(['USER_NAME'], { decision: 'cancel' });
    assert.deepEqual(await tenant.store.consents(), []);
  });

  test('is granted again if the user refuses the other scopes', async () => {
    const { decide } = wallet();
    await decide(['USER_NAME'], { decision: 'grant' });
    const { granted, refused } = await decide(['USER_NAME', 'USER_GENDER'], { decision: 'deny' });
    assert.deepEqual([granted, refused], [['USER_NAME'], { USER_GENDER: '10001' }]);
  });
});
