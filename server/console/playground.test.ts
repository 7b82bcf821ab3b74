// biome-ignore-all lint/suspicious/noThenProperty: a public name of the scenario format, in data that is never awaited
import assert from 'node:assert/strict';
import { createPublicKey } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { packageRoot } from '../package-root.js';
import { library, libraryScenario } from '../scenarios/library.js';
import type { ScenarioRecord } from '../scenarios/schema.js';
import type { Tenant } from '../tenants/tenant.js';
import { aurora, emulatorForFile, newWorld, users, type World } from '../testing/emulator.js';
import { privateKey } from '../testing/merchant.js';
import { type Offer, offersOf, unknownScope } from './playground-model.js';

const emulator = await emulatorForFile();
const ownKey = createPublicKey(privateKey('demo-merchant-2.private.pem')).export({ type: 'spki', format: 'pem' }) as string;

async function post(tenant: Tenant, path: string, payload: object = {}, lang = 'en') {
  const headers = { 'accept-language': lang };
  const { statusCode, json } = await emulator.app.inject({ method: 'POST', url: `/t/${tenant.name}${path}`, payload, headers });
  return { statusCode, body: json() };
}

async function exchange(world: World, scopes = ['USER_ID'], lang = 'en') {
  const sent = { authCode: await world.code({ scopes }), scopes };
  const { statusCode, body } = await post(world.tenant, '/playground/exchange', sent, lang);
  const calls = world.tenant.journal.list({}, 10).filter(({ kind }) => kind === 'openapi');
  return { statusCode, body, findings: calls.flatMap(({ findings }) => findings) };
}

function choose(tenant: Tenant, form: Record<string, string>) {
  return emulator.app.inject({
    method: 'POST',
    url: `/t/${tenant.name}/playground?lang=en&scope=USER_NAME&scope=USER_AVATAR`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams(form).toString(),
  });
}

describe("the sample merchant's server", () => {
  test('signs with the demo key, and tells the page no token and no id', async () => {
    const world = newWorld(emulator);
    const { body, findings } = await exchange(world, ['USER_ID', 'USER_NAME']);
    assert.equal(body.ok, true);
    assert.equal(body.customer.userName.fullName, world.tenant.users.get(users.tomas)?.record.userName?.fullName);
    assert.deepEqual(findings, []);
    const [{ secrets } = { secrets: [] }] = world.tenant.journal.list({ operation: 'inquiryUserInfo' }, 1);
    assert.ok(secrets.length > 0);
    for (const secret of [...secrets, users.tomas]) assert.ok(!JSON.stringify(body).includes(secret));
  });

  test('does not sign for a client with another key', async () => {
    const world = newWorld(emulator);
    world.changeClient(aurora.clientId, { publicKey: ownKey });
    const { body, findings } = await exchange(world);
    assert.equal(body.ok, true);
    assert.deepEqual([...new Set(findings)], ['unsigned-request']);
  });

  test("answers with the reason in the page's language, with the scenario's title instead of its id; a scenario's message stays", async () => {
    const world = newWorld(emulator);
    world.tenant.scenarios.add({ id: 'code-expired', then: { result: 'auth-code-expired' } });
    const resultIn = async (lang: string) => (await exchange(world, ['USER_ID'], lang)).body.result;
    assert.equal(
      await resultIn('en'),
      'EXPIRED_AUTHCODE: the scenario "The authCode has expired" set the result EXPIRED_AUTHCODE',
    );
    assert.equal(await resultIn('es'), 'EXPIRED_AUTHCODE: el escenario "El authCode venció" fijó el resultado EXPIRED_AUTHCODE');
    world.tenant.scenarios.change('code-expired', { then: { result: 'auth-code-expired', message: 'too late' } });
    assert.equal(await resultIn('en'), 'EXPIRED_AUTHCODE: too late');
  });

  test('fails if that client must sign, and calls nothing', async () => {
    const world = newWorld(emulator);
    world.changeClient(aurora.clientId, { publicKey: ownKey, signature: 'required' });
    const { statusCode, body } = await exchange(world);
    assert.deepEqual([statusCode, body.error], [409, 'not-demo-key']);
    assert.match(body.message, /a key that the sample merchant does not have/);
    const spanish = await emulator.app.inject({
      method: 'POST',
      url: `/t/${world.tenant.name}/playground/exchange?lang=es`,
      payload: { authCode: await world.code() },
    });
    assert.match(spanish.json().message, /una clave que el comercio de muestra no tiene/);
    assert.equal(world.tenant.journal.list({ operation: 'applyToken' }, 10).length, 0);
  });

  for (const [what, body, said] of [
    ['nothing in it', {}, '{}'],
    ['text', 'Bad gateway', 'Bad gateway'],
    ['null', null, 'null'],
  ] as const) {
    test(`reports a response without a result: ${what}`, async () => {
      const world = newWorld(emulator);
      world.tenant.scenarios.add({ when: { operation: 'applyToken' }, then: { status: 200, body } });
      const answer = await exchange(world);
      assert.deepEqual([answer.statusCode, answer.body.error], [502, 'no-result']);
      assert.equal(answer.body.message, `POST /v2/authorizations/applyToken answered HTTP 200 without a result: ${said}`);
    });
  }

  for (const [library, said] of [
    ['platform-does-not-sign', /^the answer to POST \/v2\/authorizations\/applyToken has no signature$/],
    ['platform-signs-wrongly', /^the signature of the answer to POST \S+ does not verify$/],
    ['old-answer', /^the answer to POST \S+ is of \S+, too far from now/],
  ] as const) {
    test(`discards an answer that the platform cannot have sent now: ${library}`, async () => {
      const world = newWorld(emulator);
      world.tenant.scenarios.add({ id: library, ...libraryScenario(library)?.scenario } as ScenarioRecord);
      const { statusCode, body } = await exchange(world);
      assert.deepEqual([statusCode, body.error], [502, 'untrusted-answer']);
      assert.match(body.message, said);
      assert.equal(world.tenant.journal.list({ operation: 'inquiryUserInfo' }, 1).length, 0);
      assert.match((await exchange(world, ['USER_ID'], 'es')).body.message, /la respuesta a POST /);
    });
  }

  test('reads again, refreshes, waits until expiry and revokes; each step ends as on the platform', async () => {
    const world = newWorld(emulator);
    const { body: first } = await exchange(world, ['USER_NAME']);
    const act = async (action: string) => (await post(world.tenant, `/playground/sessions/${first.session}/${action}`)).body;
    assert.deepEqual(first.can, { read: true, refresh: true, refreshUsed: false, revoke: true, wait: true });
    assert.match((await act('read')).result, /^SUCCESS/);
    const refreshed = await act('refresh');
    assert.deepEqual([refreshed.ok, refreshed.can.refreshUsed], [true, true]);
    assert.match((await act('refresh-used')).result, /^USED_REFRESH_TOKEN/);
    world.tenant.clock.freeze();
    const { clock } = await act('wait');
    assert.equal(Date.parse(clock.now) - Date.parse(clock.expiresAt), 1000);
    assert.equal(world.tenant.clock.now(), Date.parse(clock.now));
    assert.match((await act('read')).result, /^EXPIRED_ACCESS_TOKEN/);
    assert.match((await act('refresh')).result, /^SUCCESS/);
    assert.match((await act('read')).result, /^SUCCESS/);
    assert.match((await act('revoke')).result, /^SUCCESS/);
    assert.match((await act('read')).result, /^INVALID_ACCESS_TOKEN/);
    for (const path of [`${first.session}/no-such`, 'no-such/read'])
      assert.equal((await post(world.tenant, `/playground/sessions/${path}`)).statusCode, 404);
  });
});

describe('the choices', () => {
  test('wallet, user and one scenario change; rules of testers stay; what does not exist changes nothing', async () => {
    const { tenant } = newWorld(emulator);
    tenant.scenarios.add({ id: 'mine', then: { delay: 'PT0S' } });
    const { statusCode, headers } = await choose(tenant, { user: users.harriet, scenario: 'code-expired' });
    assert.deepEqual(
      [statusCode, headers.location],
      [303, `/t/${tenant.name}/playground?lang=en&scope=USER_NAME&scope=USER_AVATAR`],
    );
    assert.equal(tenant.currentUser?.userId, users.harriet);
    await choose(tenant, { scenario: 'platform-down' });
    const ids = () => tenant.scenarios.all().map(({ id }) => id);
    assert.deepEqual(ids(), ['mine', 'platform-down']);
    await choose(tenant, { user: 'no-such', scenario: 'no-such', wallet: 'no-such' });
    assert.deepEqual([tenant.currentUser?.userId, ids()], [users.harriet, ['mine', 'platform-down']]);
    await choose(tenant, { scenario: '', wallet: 'toka' });
    assert.deepEqual([tenant.profile.name, ids()], ['toka', ['mine']]);
  });

  test('the page has the scopes and calls of the wallet, and says what the user does', async () => {
    const { tenant: choosing } = newWorld(emulator);
    choosing.changeSettings({ user: users.harriet });
    const page = async (wallet: string, query = '') =>
      (await emulator.app.inject(`/t/${wallet}/playground?lang=en${query}`)).payload;
    const claro = await page('claro');
    assert.match(claro, /data-testid="scope-User_Customer_KYC_Info"/);
    assert.match(claro.replace(/<[^>]*>/g, ''), /The mini program asks the wallet: not yet/);
    const superqi = await page('superqi', '&scope=CARD_LIST&ask=load');
    assert.match(superqi, /data-testid="scope-CARD_LIST" checked/);
    assert.match(superqi, /qicardSignContract\+prepare/);
    assert.match(
      superqi,
      /<iframe data-src="[^"]*scope=CARD_LIST&amp;ask=load"|<iframe data-src="[^"]*scope&#x3D;CARD_LIST&amp;ask&#x3D;load"/,
    );
    const calls = (html: string) => Array.from(html.matchAll(/data-offer="[^>]*>([^<]*)</g), ([, name]) => name);
    assert.deepEqual(calls(superqi), ['my.getAuthCode', 'my.qicardSignContract', 'my.getDeviceInfo']);
    assert.deepEqual(calls(await page('platform-v2')), ['my.getAuthCode', 'my.getAuthCode · Contract']);
    const toka = await page('toka');
    assert.match(toka, /getUserKYCStatusAuthCode/);
    assert.doesNotMatch(toka, /my\.getAuthCode|data-testid="revoke"/);
    assert.match(toka, /data-testid="user-now">[^<]*Mexico/);
    assert.doesNotMatch(toka, /This user answers the next request/);
    assert.match(await page(choosing.name), /This user answers the next request/);
  });

  test('a call of the journal is a step, with request, answer, reason and signature', async () => {
    const world = newWorld(emulator);
    await exchange(world);
    const [entry] = world.tenant.journal.list({ operation: 'applyToken' }, 1);
    const step = (id: string | undefined) => emulator.app.inject(`/t/${world.tenant.name}/playground/steps/${id}?lang=en`);
    const { payload } = await step(entry?.id);
    assert.match(payload, /data-number="2\.2"/);
    assert.match(payload, /AUTHORIZATION_CODE[\s\S]*SUCCESS/);
    assert.match(payload, /verified/);
    assert.ok(payload.includes(`/journal/${entry?.id}`));
    assert.match(payload, /data-reason dir="auto">[^<]+</);
    assert.equal((await step('no-such')).statusCode, 404);
  });
});

/** Makes an offered call, as the mini program's page does. */
async function callOffer(tenant: Tenant, { jsapi, kind }: Offer, scopes: readonly string[]) {
  const { authUrl } = kind === 'prepare' ? (await post(tenant, '/playground/prepare', { scopes })).body : {};
  const { json } = await emulator.app.inject({
    method: 'POST',
    url: `/t/${tenant.name}/wallet/jsapi`,
    headers: { origin: 'http://localhost:3000' },
    payload: { name: jsapi, params: kind === 'prepare' ? { authUrl } : { scopes }, appId: aurora.appId, gesture: true },
  });
  return json();
}

for (const wallet of readdirSync(join(packageRoot, 'fixtures', 'wallets')).map((file) => file.replace('.json', ''))) {
  test(`${wallet}: every offered call succeeds with the first user`, async () => {
    const tenant = emulator.tenants.get(wallet);
    tenant.changeSettings({ consent: 'grant', remember: false });
    const offers = offersOf(tenant.profile);
    assert.ok(offers.length > 0);
    for (const offer of offers) {
      const single = offer.scopes.filter((scope) => scope !== unknownScope).map((scope) => [scope]);
      for (const scopes of [offer.chosen, ...single]) {
        const called = await callOffer(tenant, offer, scopes);
        const what = `${offer.id} ${scopes.join(' ')}: ${JSON.stringify(called)}`;
        // Only a browser can show the screen of a prepared authorization.
        assert.ok(offer.kind === 'prepare' ? called.sheet : called.ok, what);
        if (offer.kind !== 'authorize') continue;
        const answer = await post(tenant, '/playground/exchange', { authCode: called.result[offer.codeField], scopes });
        assert.equal(answer.body.ok, true, `${what}: ${JSON.stringify(answer.body)}`);
      }
    }
  });
}

/** These need seconds of the machine's time, and act on every applyToken. */
const slow = ['no-answer', 'slow-platform'];

for (const wallet of ['platform-v2', 'toka'])
  test(`${wallet}: every scenario of the library acts on the sample mini program or its merchant`, async () => {
    const { tenant } = newWorld(emulator);
    tenant.changeSettings({ wallet, remember: false });
    for (const { name, group } of library.filter((known) => !slow.includes(known.name))) {
      tenant.changeSettings({ consent: group === 'user' ? 'ask' : 'grant' });
      await choose(tenant, { scenario: name });
      for (const offer of offersOf(tenant.profile).filter(({ kind }) => kind === 'authorize')) {
        const { result } = await callOffer(tenant, offer, offer.chosen);
        const authCode = result?.[offer.codeField];
        if (authCode === undefined) continue;
        const { session, can } = (await post(tenant, '/playground/exchange', { authCode, scopes: offer.chosen })).body;
        if (can?.refresh) await post(tenant, `/playground/sessions/${session}/refresh`);
      }
      assert.ok(tenant.scenarios.get(name)?.hits, name);
    }
  });
