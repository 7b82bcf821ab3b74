import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aurora, emulatorForFile, faro, hours, minutes, newWorld, type World } from '../testing/emulator.js';

const emulator = await emulatorForFile();

/** Every operation, with a valid body. */
const operations: Record<string, (world: World) => Promise<[path: string, body: Record<string, unknown>]>> = {
  applyToken: async (world) => [
    '/v2/authorizations/applyToken',
    { grantType: 'AUTHORIZATION_CODE', authCode: await world.code() },
  ],
  inquiryUserInfo: async (world) => ['/v2/users/inquiryUserInfo', { accessToken: (await world.tokens()).accessToken }],
  inquiryUserBasicInfo: async (world) => ['/v2/users/inquiryUserBasicInfo', { accessToken: (await world.tokens()).accessToken }],
  revoke: async (world) => ['/v2/authorizations/revoke', { accessToken: (await world.tokens()).accessToken }],
  applyTokenAndInquiryUserInfo: async (world) => [
    '/v2/authorizations/applyTokenAndInquiryUserInfo',
    { grantType: 'AUTHORIZATION_CODE', authCode: await world.code() },
  ],
  sendInbox: async (world) => {
    const { accessToken } = await world.tokens({ scopes: ['NOTIFICATION_INBOX'] });
    return ['/v2/messages/sendInbox', { accessToken, requestId: 'r-1', templateCode: 'T1' }];
  },
};

for (const [name, prepare] of Object.entries(operations)) {
  describe(`who may call ${name}`, () => {
    test('INVALID_CLIENT: the header is missing, empty, unknown or sent twice, or its client was removed', async () => {
      const world = newWorld(emulator);
      const [path, body] = await prepare(world);
      for (const id of [undefined, '', 'nobody', [aurora.clientId, aurora.clientId]]) {
        assert.equal((await world.aurora.call(path, body, { headers: { 'Client-Id': id } })).code, 'INVALID_CLIENT', String(id));
      }
      world.tenant.put('client', aurora.clientId, undefined);
      assert.equal((await world.aurora.call(path, body)).code, 'INVALID_CLIENT');
    });

    test('INVALID_AUTH_CLIENT: authClientId is unknown, or is not the caller', async () => {
      const world = newWorld(emulator);
      const [path, body] = await prepare(world);
      for (const authClientId of ['nobody', faro.clientId]) {
        const { code, message } = await world.aurora.call(path, { ...body, authClientId });
        assert.equal(code, 'INVALID_AUTH_CLIENT');
        assert.match(message, /authClientId/);
      }
      assert.equal((await world.aurora.call(path, { ...body, authClientId: aurora.clientId })).code, 'SUCCESS');
    });

    test('PARAM_ILLEGAL: appId is unknown, or another client’s', async () => {
      const world = newWorld(emulator);
      const [path, body] = await prepare(world);
      for (const appId of ['nothing', faro.appId]) {
        const { code, message } = await world.aurora.call(path, { ...body, appId });
        assert.equal(code, 'PARAM_ILLEGAL');
        assert.match(message, /appId/);
      }
      assert.equal((await world.aurora.call(path, { ...body, appId: aurora.appId })).code, 'SUCCESS');
    });

    test('INVALID_AUTH_CLIENT_STATUS: the client is suspended', async () => {
      const world = newWorld(emulator);
      const [path, body] = await prepare(world);
      world.changeClient(aurora.clientId, { status: 'SUSPENDED' });
      assert.equal((await world.aurora.call(path, body)).code, 'INVALID_AUTH_CLIENT_STATUS');
      world.changeClient(aurora.clientId, { status: 'ACTIVE' });
      assert.equal((await world.aurora.call(path, body)).code, 'SUCCESS');
    });

    test('REQUEST_TRAFFIC_EXCEED_LIMIT: over the client’s rateLimit, until the window is over', async () => {
      const world = newWorld(emulator);
      const [path, body] = await prepare(world);
      world.tenant.clock.freeze();
      world.changeClient(aurora.clientId, { rateLimit: { max: 2, per: 'PT1M' } });
      const wrong = { ...body, authClientId: 'nobody' };
      assert.equal((await world.aurora.call(path, wrong)).code, 'INVALID_AUTH_CLIENT');
      assert.equal((await world.aurora.call(path, wrong)).code, 'INVALID_AUTH_CLIENT');
      const { code, body: answer } = await world.aurora.call(path, body);
      assert.equal(code, 'REQUEST_TRAFFIC_EXCEED_LIMIT');
      assert.equal(answer.result.resultStatus, 'F');
      world.tenant.clock.advance(minutes(1));
      assert.equal((await world.aurora.call(path, body)).code, 'SUCCESS');
    });

    test('INVALID_AGENT_TOKEN and EXPIRED_AGENT_TOKEN: if the client has agent tokens', async () => {
      const world = newWorld(emulator);
      const [path, body] = await prepare(world);
      const call = async (token: string | undefined) =>
        (await world.aurora.call(path, { ...body, authClientId: 'nobody' }, { headers: { 'Agent-Token': token } })).code;
      const passed = 'INVALID_AUTH_CLIENT';
      assert.equal(await call('whatever'), passed, 'without agentTokens the header is not checked');
      const expiryTime = new Date(world.tenant.clock.now() + hours(1)).toISOString();
      world.changeClient(aurora.clientId, { agentTokens: ['agent-for-ever', { token: 'agent-for-an-hour', expiryTime }] });
      assert.equal(await call('whatever'), 'INVALID_AGENT_TOKEN');
      assert.equal(await call('agent-for-ever'), passed);
      assert.equal(await call('agent-for-an-hour'), passed);
      assert.equal(await call(undefined), passed);
      assert.equal(await call(''), passed, 'it may be empty');
      world.tenant.clock.advance(hours(2));
      assert.equal(await call('agent-for-an-hour'), 'EXPIRED_AGENT_TOKEN');
      assert.equal(await call('agent-for-ever'), passed);
    });
  });
}
