// biome-ignore-all lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aurora, emulatorForFile, newWorld, users, type World } from '../testing/emulator.js';
import { Tester } from '../testing/tester.js';
import type { ScenarioRecord } from './schema.js';

const emulator = await emulatorForFile();
const back = 'http://localhost:9999/back';

/** A world whose client prepared an agreement, and a function that opens its screen. */
async function prepared(scenario?: ScenarioRecord) {
  const world = newWorld(emulator);
  world.changeClient(aurora.clientId, { redirectUrls: [back] });
  if (scenario !== undefined)
    assert.ok((await new Tester(emulator, world.tenant.name).post('/scenarios', scenario)).status === 201);
  const { body, message } = await world.aurora.call('/v1/authorizations/prepare', { scopes: 'AGREEMENT_PAY' });
  assert.equal(body.result.resultCode, 'SUCCESS', message);
  const { authUrl } = body as unknown as { authUrl: string };
  const open = (headers: Record<string, string> = {}) => fetch(authUrl, { redirect: 'manual', headers });
  return { world, open };
}

const codeOf = (response: Response) => new URL(response.headers.get('location') ?? back).searchParams.get('authCode');
const lastOf = ({ tenant }: World) => tenant.journal.list({ kind: 'jsapi' }, 1)[0];

describe('a scenario decides at the screen of a prepared authorization', () => {
  for (const [title, scenario, resultCode] of [
    ['a refusal, by the operation', { id: 'x', when: { operation: 'prepare' }, then: { consent: 'deny' } }, '11'],
    ['a refusal, for any operation', { id: 'x', then: { consent: 'deny' } }, '11'],
    ['a closed screen', { id: 'x', when: { scope: 'AGREEMENT_PAY' }, then: { consent: 'cancel' } }, '1001'],
    ['an error', { id: 'x', when: { userId: users.lucia }, then: { error: 1005 } }, '1005'],
    ['the only scope refused', { id: 'x', then: { denyScopes: ['AGREEMENT_PAY'] } }, '11'],
  ] as [string, ScenarioRecord, string][]) {
    test(title, async () => {
      const { world, open } = await prepared({ ...scenario, times: 1 });
      const response = await open();
      assert.equal(response.status, 303, 'redirected without a screen');
      assert.equal(codeOf(response), null);
      const { resultCode: code, scenario: by } = lastOf(world) ?? {};
      assert.deepEqual([code, by], [resultCode, 'x']);
      assert.equal(world.tenant.scenarios.get('x')?.hits, 1);
    });
  }

  test('consent, even if the user refuses', async () => {
    const { world, open } = await prepared({ then: { consent: 'grant' } });
    world.tenant.changeSettings({ user: users.harriet });
    assert.notEqual(codeOf(await open()), null);
  });

  test('with the header too; a name that has no effect is ignored', async () => {
    const { open } = await prepared();
    assert.equal((await open({ 'X-Emulator-Scenario': 'USED_AUTHCODE' })).status, 200);
    assert.equal((await open({ 'X-Emulator-Scenario': 'nonsense' })).status, 200);
    assert.equal((await open({ 'X-Emulator-Scenario': 'user-refuses' })).status, 303);
  });

  test('scenarios that decide nothing do not act on the screen, and do not count it', async () => {
    const { world, open } = await prepared();
    world.tenant.scenarios.add({ id: 'slow', then: { delay: 3600 }, times: 1 });
    world.tenant.scenarios.add({ id: 'broken', then: { fault: 'reset' }, times: 1 });
    assert.equal((await open()).status, 200);
    assert.deepEqual(
      world.tenant.scenarios.all().map(({ calls, hits }) => [calls, hits]),
      [
        [0, 0],
        [0, 0],
      ],
    );
  });

  test('a scenario for another operation does nothing', async () => {
    const { open } = await prepared({ when: { operation: 'getAuthCode' }, then: { consent: 'deny' } });
    assert.equal((await open()).status, 200);
  });
});

test('lifetimes of a scenario on prepare apply to the code and its tokens', async () => {
  const { world, open } = await prepared({
    when: { operation: 'prepare' },
    then: { lifetimes: { authCode: 7, accessToken: 9 } },
    times: 1,
  });
  world.tenant.changeSettings({ user: users.tomas });
  world.tenant.clock.freeze();
  const authCode = codeOf(await open()) ?? '';
  const code = await world.tenant.store.findAuthCode(authCode);
  assert.equal((code?.expiresAt ?? 0) - (code?.issuedAt ?? 0), 7000);
  const { body } = await world.aurora.call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode });
  const found = await world.tenant.store.findAccessToken(body.accessToken as string);
  assert.equal((found?.token.expiresAt ?? 0) - (found?.token.issuedAt ?? 0), 9000);
});
