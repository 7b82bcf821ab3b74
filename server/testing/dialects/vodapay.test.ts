import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emulatorForFile, faro, users } from '../emulator.js';
import { DialectWorld } from './dialect-world.js';
import { dialectOf } from './dialects.js';

const emulator = await emulatorForFile();
const open = () => DialectWorld.open(emulator, dialectOf('vodapay'));

describe('vodapay', () => {
  const path = '/v2/authorizations/applyAuthCode';

  test('applyAuthCode issues a code without an app', async () => {
    const world = await open();
    const fields = { clientId: faro.clientId, userId: users.tomas, scopes: ['auth_user'] };
    const { body, code, message } = await world.call(path, fields);
    assert.equal(code, 'SUCCESS', message);
    assert.deepEqual(Object.keys(body), ['result', 'authCode']);
    const tokens = await world.exchange(body.authCode);
    assert.equal(tokens.body.customerId, users.tomas);
    const { userInfo } = (await world.userInfo(tokens.body.accessToken)).body;
    const mobile = userInfo.contactInfos.find(({ contactType }: { contactType: string }) => contactType === 'MOBILE_PHONE');
    assert.equal(mobile.contactNo, '+18095550142', 'whole');
    assert.equal((await world.call(path, { ...fields, scopes: 'auth_base' })).code, 'SUCCESS', 'as a string');
    for (const name of Object.keys(fields))
      assert.match((await world.call(path, { ...fields, [name]: undefined })).message, new RegExp(`^${name} is missing`));
    assert.equal((await world.call(path, { ...fields, userId: '1' })).code, 'PARAM_ILLEGAL');
    assert.equal((await world.call(path, { ...fields, clientId: '1' })).code, 'INVALID_AUTH_CLIENT');
    assert.equal((await world.call(path, { ...fields, userId: users.harriet })).code, 'ACCESS_DENIED', 'who refuses');
  });

  test('lists contacts by type: EMAIL, then MOBILE_PHONE', async () => {
    const world = await open();
    const [email, mobile] = [
      { contactType: 'EMAIL', contactNo: 'vula@example.com' },
      { contactType: 'MOBILE_PHONE', contactNo: '+27770142739' },
    ];
    for (const contactInfos of [
      [email, mobile],
      [mobile, email],
    ]) {
      await world.control('PATCH', `users/${world.dialect.userId}`, { contactInfos });
      for (const scopes of [['auth_user'], ['USER_CONTACTINFO', 'PLAINTEXT_MOBILE_PHONE']])
        assert.deepEqual((await world.userInfo((await world.tokens(scopes)).accessToken)).body.userInfo.contactInfos, [
          email,
          mobile,
        ]);
    }
  });

  test('has the user of its sample pages', async () => {
    const world = await open();
    const fields = { clientId: faro.clientId, userId: '216610000000446291765', scopes: ['auth_user'] };
    const { body, message } = await world.call(path, fields);
    const tokens = await world.exchange(body.authCode);
    assert.equal(tokens.body.customerId, '216610000000446291765', message);
    const { userInfo } = (await world.userInfo(tokens.body.accessToken)).body;
    for (const name of ['nickName', 'userName', 'birthDate', 'contactInfos', 'loginIdInfos']) assert.ok(userInfo[name], name);
    assert.equal(userInfo.nationality, 'South Africa');
  });

  test('a scenario can answer with codes that clients know and its documentation does not', async () => {
    const world = await open();
    for (const result of ['USED_CODE', 'EXPIRED_CODE', 'REFERENCE_CLIENT_ID_NOT_MATCH']) {
      await world.control(
        'POST',
        'scenarios',
        Object.fromEntries([
          ['then', { result }],
          ['times', 1],
        ] as [string, unknown][]),
      );
      assert.equal((await world.exchange('none')).code, result);
      assert.equal((await world.exchange('none', { headers: { 'X-Emulator-Scenario': result } })).code, result);
    }
    assert.equal((await world.exchange('none')).code, 'INVALID_AUTHCODE', 'the documented code, without a scenario');
    const { entries } = await world.control('GET', 'journal?resultCode=USED_CODE');
    assert.match(entries[0].reason, /set the result USED_CODE/);
    assert.deepEqual(entries[0].findings, []);
  });

  test('accepts any signature from a client with optional signatures', async () => {
    const world = await open();
    const testing = { headers: { Signature: 'algorithm=RSA256, keyVersion=0, signature=testing_signature' } };
    assert.equal((await world.exchange(await world.code(), testing)).code, 'INVALID_SIGNATURE');
    await world.control('PATCH', `clients/${faro.clientId}`, { signature: 'optional' });
    assert.equal((await world.exchange(await world.code(), testing)).code, 'SUCCESS');
    const bare = { headers: { Signature: 'testing_signature' } };
    assert.equal((await world.exchange(await world.code(), bare)).code, 'SUCCESS');
  });
});
