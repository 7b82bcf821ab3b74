import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emulatorForFile, hours, minutes, newWorld, type World } from '../testing/emulator.js';
import { MiniProgram, submitConsent } from '../testing/mini-program.js';
import { Tester } from '../testing/tester.js';

const emulator = await emulatorForFile();
const asked = { scopes: ['USER_NAME'] };

function start() {
  const world = newWorld(emulator);
  world.tenant.clock.freeze();
  const control = new Tester(emulator, world.tenant.name);
  return {
    world,
    page: new MiniProgram(emulator.url, world.tenant.name),
    /** The only authorization, with its steps. */
    only: async () => {
      const { authorizations } = (await control.get('/authorizations')).body;
      assert.equal(authorizations.length, 1);
      const { status, scopes, steps } = (await control.get(`/authorizations/${authorizations[0].authorizationId}`)).body;
      return { status, scopes, steps: steps.map(({ operation }: { operation: string }) => operation) };
    },
  };
}

async function prepare({ aurora }: World): Promise<string> {
  const { body, code, message } = await aurora.call('/v1/authorizations/prepare', { scopes: 'AGREEMENT_PAY' });
  assert.equal(code, 'SUCCESS', message);
  return (body as unknown as { authUrl: string }).authUrl;
}

describe('an authorization that a mini program asks for', () => {
  test('is PENDING while the screen is open, and EXPIRED if nobody answers', async () => {
    const { world, page, only } = start();
    assert.ok((await page.call('getAuthCode', asked)).sheet);
    assert.deepEqual(await only(), { status: 'PENDING', scopes: ['USER_NAME'], steps: [] });
    world.tenant.clock.advance(minutes(10));
    assert.equal((await only()).status, 'EXPIRED');
  });

  test('goes on from the screen to the exchange', async () => {
    const { world, page, only } = start();
    const { result } = await page.ask('getAuthCode', asked, 'allow');
    assert.deepEqual(await only(), { status: 'GRANTED', scopes: ['USER_NAME'], steps: ['getAuthCode'] });
    await world.aurora.call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode: result.authCode });
    assert.deepEqual(await only(), { status: 'EXCHANGED', scopes: ['USER_NAME'], steps: ['getAuthCode', 'applyToken'] });
  });

  for (const decision of ['deny', 'close'] as const) {
    test(`is REFUSED after ${decision}`, async () => {
      const { page, only } = start();
      await page.ask('getAuthCode', asked, decision);
      assert.deepEqual(await only(), { status: 'REFUSED', scopes: ['USER_NAME'], steps: ['getAuthCode'] });
    });
  }

  test('is not started by a payment', async () => {
    const { world, page } = start();
    await page.call('tradePay', { tradeNO: '1' });
    const control = new Tester(emulator, world.tenant.name);
    assert.deepEqual((await control.get('/authorizations')).body, { authorizations: [] });
  });
});

describe('an authorization that a merchant prepares', () => {
  test('begins with the prepare call', async () => {
    const { world, only } = start();
    const authUrl = await prepare(world);
    assert.deepEqual(await only(), { status: 'PENDING', scopes: ['AGREEMENT_PAY'], steps: ['prepare'] });
    await submitConsent(authUrl, 'allow', ['AGREEMENT_PAY']);
    assert.deepEqual(await only(), { status: 'GRANTED', scopes: ['AGREEMENT_PAY'], steps: ['prepare', 'prepare'] });
  });

  test('is EXPIRED if nobody opens the address in time', async () => {
    const { world, only } = start();
    await prepare(world);
    world.tenant.clock.advance(hours(1));
    assert.equal((await only()).status, 'EXPIRED');
  });
});
