// biome-ignore-all lint/suspicious/noThenProperty: a public name of the scenario format, in data that is never awaited
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aurora, days, emulatorForFile, minutes, newWorld, users, type World } from '../../testing/emulator.js';
import { Tester } from '../../testing/tester.js';

const emulator = await emulatorForFile();

interface Step {
  operation: string;
  kind: string;
  authorizationId: string;
  resultCode?: string;
}

function start() {
  const world = newWorld(emulator);
  return { world, control: new Tester(emulator, world.tenant.name) };
}

/** Issues a code by the control API, so that the journal has the first step. */
async function issueCode(control: Tester, fields: object = {}): Promise<string> {
  const { status, body } = await control.post('/auth-codes', {
    clientId: aurora.clientId,
    userId: users.tomas,
    scopes: ['USER_ID', 'USER_NAME'],
    ...fields,
  });
  assert.equal(status, 201);
  return body.authCode;
}

async function exchange(world: World, authCode: string) {
  const grantType = 'AUTHORIZATION_CODE';
  return (await world.aurora.call('/v2/authorizations/applyToken', { grantType, authCode })).body;
}

async function newest(control: Tester) {
  const { authorizations } = (await control.get('/authorizations')).body;
  return (await control.get(`/authorizations/${authorizations[0].authorizationId}`)).body;
}

const operations = (steps: Step[]) => steps.map(({ operation }) => operation);

describe('the steps of an authorization', () => {
  test('are its calls in time order, from the code to the revocation', async () => {
    const { world, control } = start();
    const { accessToken, refreshToken } = await exchange(world, await issueCode(control));
    await world.userInfo(accessToken);
    const { body: refreshed } = await world.refresh(refreshToken);
    await world.refresh(refreshToken);
    await world.revoke(refreshed.accessToken);

    const { steps, ...authorization } = await newest(control);
    assert.deepEqual(operations(steps), ['issueAuthCode', 'applyToken', 'inquiryUserInfo', 'applyToken', 'applyToken', 'revoke']);
    assert.equal(steps[4].resultCode, 'USED_REFRESH_TOKEN');
    for (const step of steps) assert.equal(step.authorizationId, authorization.authorizationId);
    assert.equal(authorization.status, 'REVOKED');
    assert.deepEqual(
      [authorization.clientId, authorization.appId, authorization.userId],
      [aurora.clientId, aurora.appId, users.tomas],
    );
    assert.ok(Date.parse(authorization.refreshTokenExpiresAt) > Date.parse(authorization.accessTokenExpiresAt));
  });

  test('include a call whose signature is wrong', async () => {
    const { world, control } = start();
    const { accessToken } = await exchange(world, await issueCode(control));
    const { clientId } = aurora;
    await control.patch(`/clients/${clientId}`, { signature: 'required' });
    await emulator.app.inject({
      method: 'POST',
      url: '/v2/users/inquiryUserInfo',
      headers: { 'client-id': clientId, 'request-time': new Date().toISOString(), 'content-type': 'application/json' },
      payload: { accessToken },
    });
    const { steps } = await newest(control);
    assert.deepEqual(steps.at(-1).findings, ['unsigned-request']);
  });

  test('include the changes by a tester that change no other authorization', async () => {
    const { world, control } = start();
    const { accessToken } = await exchange(world, await issueCode(control));
    await control.post('/tokens/expire', { accessToken });
    await control.post('/tokens/revoke', { clientId: aurora.clientId, userId: users.tomas });
    assert.deepEqual(operations((await newest(control)).steps), ['issueAuthCode', 'applyToken', 'expireTokens', 'revokeTokens']);

    await world.tokens();
    await world.tokens();
    await control.post('/tokens/revoke', { clientId: aurora.clientId });
    const [entry] = (await control.get('/journal?operation=revokeTokens')).body.entries;
    assert.equal(entry.authorizationId, undefined);
  });

  test('are not those of another authorization', async () => {
    const { world, control } = start();
    await world.tokens();
    await exchange(world, await issueCode(control));
    assert.deepEqual(operations((await newest(control)).steps), ['issueAuthCode', 'applyToken']);
  });

  test('leave with the journal', async () => {
    const { world, control } = start();
    await world.tokens();
    const { authorizationId } = await newest(control);
    await control.delete('/journal');
    assert.deepEqual((await control.get('/authorizations')).body, { authorizations: [] });
    await control.refused(404, /has no call of an authorization/, 'GET', `/authorizations/${authorizationId}`);
  });
});

describe('the status of an authorization', () => {
  test('is GRANTED, EXCHANGED and EXPIRED, as its code and tokens are', async () => {
    const { world, control } = start();
    world.tenant.clock.freeze();
    const authCode = await issueCode(control);
    assert.equal((await newest(control)).status, 'GRANTED');
    await exchange(world, authCode);
    assert.equal((await newest(control)).status, 'EXCHANGED');
    world.tenant.clock.advance(days(400));
    assert.equal((await newest(control)).status, 'EXPIRED');
  });

  test('is EXPIRED if the code was not exchanged in time', async () => {
    const { world, control } = start();
    world.tenant.clock.freeze();
    await issueCode(control, { lifetime: 'PT1M' });
    world.tenant.clock.advance(minutes(1));
    assert.equal((await newest(control)).status, 'EXPIRED');
  });

  test('is REFUSED if nothing was granted, with a code for each scope', async () => {
    const { control } = start();
    await issueCode(control, { userId: users.harriet, scopes: ['USER_NAME'] });
    const { status, scopes, grantedScopes, refusedScopes } = await newest(control);
    assert.deepEqual(
      { status, scopes, grantedScopes, refusedScopes },
      {
        status: 'REFUSED',
        scopes: ['USER_NAME'],
        grantedScopes: [],
        refusedScopes: { USER_NAME: '10001' },
      },
    );
  });

  test('is GRANTED if some scopes were refused', async () => {
    const { control } = start();
    await issueCode(control, { userId: users.marisol, scopes: ['USER_ID', 'USER_NAME'] });
    const { status, scopes, grantedScopes, refusedScopes } = await newest(control);
    assert.deepEqual(
      { status, scopes, grantedScopes, refusedScopes },
      {
        status: 'GRANTED',
        scopes: ['USER_ID', 'USER_NAME'],
        grantedScopes: ['USER_ID'],
        refusedScopes: { USER_NAME: '10001' },
      },
    );
  });

  test('is REVOKED if the consent was withdrawn before the exchange', async () => {
    const { world, control } = start();
    await issueCode(control);
    await world.tenant.tokens.withdraw({ userId: users.tomas, appOrClientId: aurora.appId }, 'revoker-user');
    assert.equal((await newest(control)).status, 'REVOKED');
  });
});

describe('the list of authorizations', () => {
  test('starts with the newest, and can be filtered', async () => {
    const { world, control } = start();
    world.tenant.clock.freeze();
    await issueCode(control);
    world.tenant.clock.advance(1000);
    await issueCode(control, { userId: users.harriet, scopes: ['USER_NAME'] });
    const statuses = async (query: string) =>
      (await control.get(`/authorizations${query}`)).body.authorizations.map(({ status }: { status: string }) => status);
    assert.deepEqual(await statuses(''), ['REFUSED', 'GRANTED']);
    assert.deepEqual(await statuses('?limit=1'), ['REFUSED']);
    assert.deepEqual(await statuses('?status=GRANTED'), ['GRANTED']);
    assert.deepEqual(await statuses(`?userId=${users.harriet}`), ['REFUSED']);
    assert.deepEqual(await statuses('?clientId=other'), []);
    await control.refused(400, /status/, 'GET', '/authorizations?status=OPEN');
  });

  test('goes with the journal filter `authorization`', async () => {
    const { world, control } = start();
    await world.tokens();
    await exchange(world, await issueCode(control));
    const { authorizationId } = await newest(control);
    const { entries } = (await control.get(`/journal?authorization=${authorizationId}`)).body;
    assert.deepEqual(operations(entries), ['applyToken', 'issueAuthCode']);
    const waited = await control.post('/journal/wait', { match: { authorization: authorizationId }, count: 2 });
    assert.equal(waited.body.entries.length, 2);
  });

  test('has tokens that were issued without a code', async () => {
    const { control } = start();
    await control.post('/tokens', { clientId: aurora.clientId, userId: users.tomas, scopes: ['USER_ID'] });
    const { status, codeExpiresAt, steps } = await newest(control);
    assert.deepEqual([status, codeExpiresAt, operations(steps)], ['EXCHANGED', undefined, ['issueTokens']]);
  });
});
