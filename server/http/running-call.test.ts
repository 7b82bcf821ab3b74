// biome-ignore-all lint/suspicious/noThenProperty: a public name of the scenario format, in data that is never awaited
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { ScenarioRecord } from '../scenarios/schema.js';
import type { Tenant } from '../tenants/tenant.js';
import { aurora, emulatorForFile, minutes, newWorld, users } from '../testing/emulator.js';
import { PageClient } from '../testing/page-client.js';

const emulator = await emulatorForFile();

/** A new tenant, its pages, and what its running calls do. */
function start(then?: ScenarioRecord['then'], operation = '*') {
  const world = newWorld(emulator);
  const { tenant } = world;
  if (then !== undefined) tenant.scenarios.add({ id: 'slow', when: { operation }, then });
  let told = () => {};
  const began = new Promise<void>((resolve) => {
    told = resolve;
  });
  let ended = () => {};
  const end = new Promise<void>((resolve) => {
    ended = resolve;
  });
  emulator.tenants.watchers.watchCalls({
    added() {},
    emptied() {},
    ran: ({ name }, { hasEnded }) => {
      if (name === tenant.name) (hasEnded ? ended : told)();
    },
  });
  return { world, tenant, client: new PageClient(emulator, tenant.name), began, end };
}

async function running({ name }: Tenant) {
  const answer = await emulator.app.inject(`/t/${name}/_emulator/journal/running`);
  assert.equal(answer.statusCode, 200);
  return answer.json().running;
}

const call = (tenant: Tenant, signal?: AbortSignal) =>
  fetch(`${emulator.url}/t/${tenant.name}/v2/users/inquiryUserInfo`, {
    method: 'POST',
    headers: { 'client-id': aurora.clientId, 'content-type': 'application/json' },
    body: JSON.stringify({ accessToken: 'nope' }),
    ...(signal && { signal }),
  });

describe("a merchant's call runs", () => {
  test('while a scenario delays it, with its entry in the journal', async () => {
    const { tenant, began, end } = start({ delay: 0.2 });
    const answer = call(tenant);
    await began;
    const [entry] = tenant.journal.list();
    const [listed, ...others] = await running(tenant);
    assert.deepEqual(others, []);
    assert.deepEqual(
      [listed.entryId, listed.kind, listed.operation, listed.clientId, listed.scenario, listed.waitsFor],
      [entry?.id, 'openapi', 'inquiryUserInfo', aurora.clientId, 'slow', 'delay'],
    );
    assert.match(listed.startedAt, /^\d{4}-.*Z$/);
    await answer;
    await end;
    assert.deepEqual(await running(tenant), []);
  });

  for (const [how, then] of [
    ['delays it', { delay: 3600 }],
    ['gives no answer', { fault: 'hang' }],
  ] as const)
    test(`until its caller hangs up, if a scenario ${how}`, async () => {
      const { tenant, began, end } = start(then);
      const caller = new AbortController();
      const answer = call(tenant, caller.signal).catch(() => 'gone');
      await began;
      assert.equal((await running(tenant))[0].waitsFor, 'delay' in then ? 'delay' : 'caller');
      caller.abort();
      assert.equal(await answer, 'gone');
      await end;
      assert.deepEqual(await running(tenant), []);
    });

  test('until the connection is reset after a delay', async () => {
    const { tenant, began, end } = start({ delay: 0.1, fault: 'reset' });
    const answer = call(tenant).catch(() => 'reset');
    await began;
    assert.equal(await answer, 'reset');
    await end;
    assert.deepEqual(await running(tenant), []);
  });

  test('until its tenant is reset', async () => {
    const { tenant, began, end } = start({ delay: 3600 });
    const caller = new AbortController();
    const answer = call(tenant, caller.signal).catch(() => 'gone');
    await began;
    await emulator.tenants.reset(tenant.name);
    await end;
    assert.deepEqual(await running(tenant), []);
    caller.abort();
    await answer;
  });

  test('never, if it is answered at once', async () => {
    const { world, tenant, began } = start();
    let ran = false;
    began.then(() => {
      ran = true;
    });
    await world.tokens();
    assert.deepEqual([ran, await running(tenant)], [false, []]);
  });
});

describe("a mini program's call runs", () => {
  test('while a scenario delays it: pages and the control API show it', async () => {
    const { tenant, client, began } = start({ delay: 3600, consent: 'grant' }, 'getAuthCode');
    void client.call('getAuthCode', { scopes: ['USER_NAME'] });
    await began;
    const [listed] = await running(tenant);
    assert.deepEqual(
      [listed.entryId, listed.operation, listed.appId, listed.userId, listed.scopes, listed.waitsFor],
      [undefined, 'getAuthCode', aurora.appId, users.lucia, ['USER_NAME'], 'delay'],
    );
    const timeline = await client.get(`/authorizations/${listed.authorizationId}?lang=en`);
    assert.match(timeline.text, /data-testid="authorization" data-status="PENDING"/);
    assert.match(timeline.text, /data-testid="step"[^>]*data-running>[\s\S]*a delay holds the call back/);
    const { text } = await client.get('/?lang=en');
    assert.match(text, /data-testid="call" data-id="running-\d+" data-code="" data-running="unfinished"/);
    assert.match(text, /data-testid="authorization" data-status="PENDING"/);
    assert.match((await client.get('/journal?lang=es&operation=getAuthCode')).text, /una demora retiene la llamada/);
    for (const query of ['operation=applyToken', 'resultCode=SUCCESS', 'before=1'])
      assert.doesNotMatch((await client.get(`/journal?${query}`)).text, /data-running/, query);
  });

  test('until its delay is over, and ends with its entry', async () => {
    const { tenant, client, end } = start({ delay: 0.05, consent: 'grant' }, 'getAuthCode');
    await client.call('getAuthCode', { scopes: ['USER_NAME'] });
    await end;
    assert.deepEqual(await running(tenant), []);
    const [entry] = tenant.journal.list({ operation: 'getAuthCode' });
    assert.doesNotMatch((await client.get(`/authorizations/${entry?.authorizationId}`)).text, /data-running/);
  });

  test('while its sheet is open, until the user answers', async () => {
    const { tenant, client } = start();
    const sheet = await client.sheet(['USER_NAME']);
    assert.equal((await running(tenant))[0].waitsFor, 'user');
    await client.post(sheet, { decision: 'deny' });
    assert.deepEqual(await running(tenant), []);
    assert.equal(tenant.journal.list({ operation: 'getAuthCode' }).length, 1);
  });

  test('while its payment sheet is open, until the tester chooses a result', async () => {
    const { tenant, client } = start();
    const { body } = await client.call('tradePay', { tradeNO: '1' });
    assert.equal((await running(tenant))[0].operation, 'tradePay');
    await client.post(body.sheet, { resultCode: '9000' });
    assert.deepEqual(await running(tenant), []);
  });

  test('until its sheet expires, or says that the merchant is suspended', async () => {
    const { world, tenant, client } = start();
    await client.sheet(['USER_NAME']);
    tenant.clock.advance(minutes(11));
    assert.deepEqual(await running(tenant), []);
    const sheet = await client.sheet(['USER_NAME']);
    assert.equal((await running(tenant)).length, 1);
    world.changeClient(aurora.clientId, { status: 'SUSPENDED' });
    assert.equal((await client.get(sheet)).status, 410);
    assert.deepEqual(await running(tenant), []);
  });

  test('until its tenant is reset', async () => {
    const { tenant, client } = start();
    await client.sheet(['USER_NAME']);
    await emulator.tenants.reset(tenant.name);
    assert.deepEqual(await running(tenant), []);
  });

  test('and not any more if it fails after its delay', async () => {
    const { tenant, client, end } = start({ delay: 0.05, error: 11 }, 'getAuthCode');
    await client.call('getAuthCode', { scopes: ['USER_NAME'] });
    await end;
    assert.deepEqual(await running(tenant), []);
  });
});
