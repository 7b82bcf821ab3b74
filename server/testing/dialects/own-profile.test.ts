import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { emulatorForFile, faro, scratchFolder } from '../emulator.js';
import type { Dialect } from './dialect.js';
import { DialectWorld } from './dialect-world.js';
import { dialectOf } from './dialects.js';

const fixtures = scratchFolder();
const wallets = join(fixtures, 'wallets');
mkdirSync(wallets);
const emulator = await emulatorForFile({ fixtures });
let opened = 0;

/** Opens a wallet that extends platform-v2 with these fields. */
function open(changes: object, dialect: Partial<Dialect>): Promise<DialectWorld> {
  const wallet = `own-${++opened}`;
  writeFileSync(
    join(wallets, `${wallet}.json`),
    JSON.stringify({ extends: 'platform-v2', name: wallet, title: 'Own', ...changes }),
  );
  return DialectWorld.open(emulator, { ...dialectOf('platform-v2'), ...dialect, wallet });
}

test('a wallet with JWTs accepts them in each operation', async () => {
  const world = await open({ tokens: { form: 'jwt' } }, { tokens: 'jwt' });
  const first = await world.tokens(['USER_NICKNAME', 'NOTIFICATION_INBOX']);
  assert.ok(first.accessToken.length > 128);
  const { accessToken } = (await world.refresh(first.refreshToken)).body;
  for (const path of ['/v2/users/inquiryUserInfo', '/v2/users/inquiryUserBasicInfo'])
    assert.equal((await world.userInfo(accessToken, path)).code, 'SUCCESS');
  const both = await world.call('/v2/authorizations/applyTokenAndInquiryUserInfo', { accessToken });
  assert.equal(both.code, 'SUCCESS', both.message);
  const sent = await world.call('/v2/messages/sendInbox', { accessToken, requestId: 'r-1', templateCode: 't' });
  assert.equal(sent.code, 'SUCCESS', sent.message);
  assert.equal((await world.revoke(accessToken)).code, 'SUCCESS');
});

test('a wallet with its own algorithm name accepts that name and the usual ones', async () => {
  const signs = { ...dialectOf('platform-v2').signs, algorithm: 'RSA2048' };
  const world = await open({ signature: { algorithm: 'RSA2048' } }, { signs });
  const { sent, code, message } = await world.exchange(await world.code());
  assert.equal(code, 'SUCCESS', message);
  const usual = { Signature: (sent.headers.Signature ?? '').replace('RSA2048', 'RSA256') };
  assert.equal((await world.call(sent.path, {}, { body: sent.body, headers: usual })).code, 'USED_AUTHCODE');
  const other = { Signature: (sent.headers.Signature ?? '').replace('RSA2048', 'HMAC') };
  const refused = await world.call(sent.path, {}, { body: sent.body, headers: other });
  assert.match(refused.message, /its algorithm is HMAC: expected RSA2048/);
});

test('a scope that grants a charge is shown as an agreement, whatever its name is', async () => {
  const scopes = { SHARE_A: { consent: 'asked' }, PAY_LATER: { consent: 'asked', grants: 'charge' } };
  const page = (await open({ scopes }, {})).miniProgram();
  const shown = async (...names: string[]) => {
    const { sheet } = await page.call('getAuthCode', { scopes: names });
    return (await fetch(`${sheet}&lang=en`)).text();
  };
  assert.match(await shown('PAY_LATER'), /would like your agreement to charge you/);
  for (const names of [['SHARE_A'], ['SHARE_A', 'PAY_LATER']])
    assert.doesNotMatch(await shown(...names), /would like your agreement to charge you/);
});

test('an operation with the verb answer needs no token, and its answer is signed like the others', async () => {
  const operations = {
    lookUp: {
      verb: 'answer',
      paths: ['/v2/shops/lookUp'],
      request: { shopId: { required: true, max: 8 } },
      response: { shopId: '$request.shopId', merchant: '$client.name', openUntil: '$now | time', stars: 5 },
    },
  };
  const world = await open({ operations }, {});
  const { body, code } = await world.call('/v2/shops/lookUp', { shopId: 's-1' });
  const { result: _, ...answer } = body;
  assert.equal(code, 'SUCCESS');
  assert.deepEqual(answer, { shopId: 's-1', merchant: 'Librería El Faro', openUntil: '2026-03-01T07:00:00-05:00', stars: 5 });
  assert.equal(
    (await world.call('/v2/shops/lookUp', {})).message,
    'shopId is missing: expected a string of at most 8 characters',
  );
  assert.equal((await world.call('/v2/shops/lookUp', { shopId: 's-1' }, { unsigned: true })).code, 'INVALID_SIGNATURE');
  await world.control('PATCH', `clients/${faro.clientId}`, { status: 'SUSPENDED' });
  assert.equal((await world.call('/v2/shops/lookUp', { shopId: 's-1' })).code, 'INVALID_AUTH_CLIENT_STATUS');
});

test('aliases of grantType work in the exchange, the refresh, for scenarios and for the grant types of a client', async () => {
  const aliases = { authorization_code: 'AUTHORIZATION_CODE', refresh_token: 'REFRESH_TOKEN' };
  const world = await open({ operations: { applyToken: { request: { grantType: { aliases } } } } }, {});
  const code = { grantType: 'authorization_code' };
  const exchanged = await world.exchange(await world.code(), { more: code });
  assert.equal(exchanged.code, 'SUCCESS', exchanged.message);
  const { refreshToken } = exchanged.body;
  const refresh = { grantType: 'refresh_token', authCode: undefined, refreshToken };
  assert.equal((await world.exchange('none', { more: refresh })).code, 'SUCCESS');
  assert.match((await world.exchange('none', { more: { ...code, authCode: undefined } })).message, /^authCode is missing/);
  assert.match(
    (await world.exchange('none', { more: { grantType: 'Authorization_Code' } })).message,
    /expected one of AUTHORIZATION_CODE, REFRESH_TOKEN, authorization_code, refresh_token$/,
  );

  for (const grantType of ['AUTHORIZATION_CODE', 'authorization_code']) {
    const scenario = Object.fromEntries([
      ['when', { grantType }],
      ['then', { result: 'PROCESS_FAIL' }],
      ['times', 1],
    ] as [string, unknown][]);
    await world.control('POST', 'scenarios', scenario);
    assert.equal((await world.exchange('none', { more: { ...refresh, refreshToken: 'none' } })).code, 'INVALID_REFRESH_TOKEN');
    assert.equal((await world.exchange('none', { more: code })).code, 'PROCESS_FAIL', grantType);
  }
  await world.control('PATCH', `clients/${faro.clientId}`, { grantTypes: ['REFRESH_TOKEN'] });
  assert.equal((await world.exchange('none', { more: code })).code, 'AUTH_CLIENT_UNSUPPORTED_GRANT_TYPE');
});
