import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aurora, emulatorForFile, faro, newWorld, users, World } from '../testing/emulator.js';

const emulator = await emulatorForFile();
const { tenants } = emulator;
const exchange = '/v2/authorizations/applyToken';
const withCode = (authCode: string) => ({ grantType: 'AUTHORIZATION_CODE', authCode });

/** A world whose merchant cannot set headers. */
const plain = (name: string) => new World(emulator.url, tenants.get(name), {});

describe('the tenant of a call', () => {
  test('is the one in the header, even if the path has another', async () => {
    const world = plain('by-path');
    const code = await new World(emulator.url, tenants.get('by-header')).code();
    assert.equal((await world.aurora.call(`/t/by-path${exchange}`, withCode(code))).code, 'INVALID_AUTHCODE');
    const options = { headers: { 'X-Emulator-Tenant': 'by-header' } };
    assert.equal(
      (await world.aurora.call(`/t/by-path${exchange}`, withCode(code), { ...options, unsigned: true, answerPath: exchange }))
        .code,
      'SUCCESS',
    );
  });

  test('is the one in the path, even if another issued the code', async () => {
    const code = await plain('issuer').code();
    assert.equal(
      (await plain('x').aurora.call(`/t/elsewhere${exchange}`, withCode(code), { unsigned: true, answerPath: exchange })).code,
      'INVALID_AUTHCODE',
    );
  });

  test('is the one that issued the code or token in the body, if neither header nor path has one', async () => {
    const world = plain('issuer-of-all');
    const code = await world.code();
    const { body } = await world.aurora.call(exchange, withCode(code));
    assert.equal(body.result.resultCode, 'SUCCESS');
    assert.equal((await world.userInfo(body.accessToken)).code, 'SUCCESS');
    const { body: next } = await world.refresh(body.refreshToken);
    assert.equal((await world.revoke(next.accessToken)).code, 'SUCCESS');
    assert.equal(world.tenant.journal.list().length, 4);
    assert.equal((await world.aurora.call(exchange, withCode(code))).code, 'USED_AUTHCODE', 'the tenant knows the used code');
  });

  test('is found in a body that starts with a byte order mark', async () => {
    const code = await plain('with-a-mark').code();
    const body = `\ufeff${JSON.stringify(withCode(code))}`;
    assert.equal((await plain('unused').aurora.call(exchange, body)).code, 'SUCCESS');
  });

  test('is the default one otherwise', async () => {
    const before = tenants.default.journal.list().length;
    assert.equal((await plain('unused').aurora.call(exchange, withCode('nothing'))).code, 'INVALID_AUTHCODE');
    assert.equal(tenants.default.journal.list().length, before + 1);
    const world = new World(emulator.url, tenants.default, {});
    assert.equal((await world.userInfo((await world.tokens()).accessToken)).code, 'SUCCESS');
  });
});

describe('the base address /t/<name>', () => {
  const world = plain('below');
  world.tenant.put('client', aurora.clientId, {
    ...(world.tenant.clients.get(aurora.clientId)?.record ?? { clientId: '', name: '' }),
    signature: 'required',
  });

  test('a signature verifies with the path that was sent, and the answer is signed with the same path', async () => {
    assert.equal((await world.aurora.call(`/t/below${exchange}`, withCode(await world.code()))).code, 'SUCCESS');
  });

  test('a signature verifies with the path without /t/<name>', async () => {
    const content = ({ clientId, time, body }: { clientId: string; time: string; body: Buffer }) =>
      `POST ${exchange}\n${clientId}.${time}.${body}`;
    assert.equal(
      (await world.aurora.call(`/t/below${exchange}`, withCode(await world.code()), { content, answerPath: exchange })).code,
      'SUCCESS',
    );
  });

  test('a signature does not verify with the path of another tenant', async () => {
    const content = ({ clientId, time, body }: { clientId: string; time: string; body: Buffer }) =>
      `POST /t/other${exchange}\n${clientId}.${time}.${body}`;
    assert.equal(
      (await world.aurora.call(`/t/below${exchange}`, withCode(await world.code()), { content, answerPath: exchange })).code,
      'INVALID_SIGNATURE',
    );
  });

  test('a name of dots is an ordinary name', async () => {
    const dots = plain('..');
    assert.equal((await dots.aurora.call(`/t/..${exchange}`, withCode(await dots.code()))).code, 'SUCCESS');
  });

  test('a tenant with the name of a profile starts with that wallet', () => {
    assert.equal(tenants.get('platform-v2').profile.name, 'platform-v2');
    assert.equal(tenants.get('platform-v2').settings.wallet, 'platform-v2');
  });
});

describe('two tenants', () => {
  test('share nothing', async () => {
    const [one, other] = [newWorld(emulator), newWorld(emulator)];
    const { accessToken } = await one.tokens();
    assert.equal((await other.userInfo(accessToken)).code, 'INVALID_ACCESS_TOKEN');
    const { tenant } = one;
    tenant.clock.set(Date.parse('2030-01-01T00:00:00Z'));
    tenant.put('user', users.tomas, undefined);
    tenant.put('client', faro.clientId, undefined);
    tenant.changeSettings({ consent: 'deny', user: users.owen });
    assert.ok(other.tenant.clock.now() < Date.parse('2030-01-01T00:00:00Z'));
    assert.ok(other.tenant.users.get(users.tomas) && other.tenant.clients.get(faro.clientId));
    assert.deepEqual([other.tenant.settings.consent, other.tenant.settings.user], ['ask', users.lucia]);
    assert.equal(other.tenant.journal.list().length, 1);
    assert.deepEqual(await other.tenant.store.grants(), []);
  });

  test('a dropped tenant is created again from the fixtures, and its tokens are unknown', async () => {
    const world = plain('dropped');
    const { accessToken } = await world.tokens();
    world.tenant.put('user', users.tomas, undefined);
    await tenants.drop('dropped');
    assert.ok(tenants.get('dropped') !== world.tenant && tenants.get('dropped').users.get(users.tomas));
    assert.equal(tenants.issuerOf([accessToken]), undefined);
    const late = await world.code({ user: users.owen });
    assert.equal(tenants.issuerOf([late]), undefined, 'a call that began before the drop may still store a code');
    assert.equal((await world.userInfo(accessToken)).code, 'INVALID_ACCESS_TOKEN');
    await tenants.drop('never-there');
  });
});

describe('settings', () => {
  test('change completely or not at all', () => {
    const { tenant } = newWorld(emulator);
    const before = tenant.settings;
    assert.throws(
      () => tenant.changeSettings({ consent: 'deny', user: 'nobody' }),
      /^Error: user: expected the userId of a user, got nobody$/,
    );
    assert.throws(
      () => tenant.changeSettings({ consent: 'deny', wallet: 'nowhere' }),
      /^Error: wallet: unknown wallet "nowhere"/,
    );
    assert.throws(
      () => tenant.changeSettings({ consent: 'deny', lifetimes: { authCode: 'P1Y' } }),
      /^Error: lifetimes\.authCode: expected/,
    );
    assert.equal(tenant.settings, before);
    tenant.changeSettings({ remember: false });
    assert.deepEqual(tenant.settings, { ...before, remember: false });
  });

  test('if the user who is logged in is removed, the first user is logged in', () => {
    const { tenant } = newWorld(emulator);
    assert.equal(tenant.currentUser?.userId, users.lucia);
    tenant.changeSettings({ user: users.owen });
    tenant.put('user', users.owen, undefined);
    assert.equal(tenant.currentUser?.userId, users.lucia);
    for (const { userId } of [...tenant.users.all()]) tenant.put('user', userId, undefined);
    assert.equal(tenant.currentUser, undefined);
  });

  test('a client’s mini programs are those that name it', () => {
    const { tenant } = newWorld(emulator);
    const ids = () => tenant.appsOf(aurora.clientId).map(({ appId }) => appId);
    assert.deepEqual(ids(), [aurora.appId]);
    tenant.put('app', 'a2', { appId: 'a2', name: 'Two', clientId: aurora.clientId });
    assert.deepEqual(ids(), [aurora.appId, 'a2']);
    tenant.put('app', aurora.appId, undefined);
    assert.deepEqual(ids(), ['a2']);
  });
});
