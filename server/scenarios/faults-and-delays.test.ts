// biome-ignore-all lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits

import assert from 'node:assert/strict';
import { verify } from 'node:crypto';
import { connect } from 'node:net';
import test from 'node:test';
import { emulatorForFile, newWorld, type World } from '../testing/emulator.js';
import { exchangeBytes, platformPublicKey } from '../testing/merchant.js';
import { MiniProgram } from '../testing/mini-program.js';
import { sendRaw } from '../testing/raw-http.js';
import { Tester } from '../testing/tester.js';
import { inEnglish } from '../texts/write-text.js';

const emulator = await emulatorForFile();
const path = '/v2/authorizations/applyToken';
const faults = ['reset', 'hang', 'truncate', 'garbage', 'bad-signature', 'no-signature', 'stale-response-time'] as const;

function exchange(world: World, authCode: string) {
  return world.aurora.call(path, { grantType: 'AUTHORIZATION_CODE', authCode });
}

/** The raw answer, and whether its signature verifies. */
async function raw(world: World, authCode: string) {
  const { message, raw } = await exchangeBytes(
    emulator.url,
    'POST',
    path,
    {
      'Content-Type': 'application/json',
      'Client-Id': world.aurora.clientId,
      'Request-Time': new Date().toISOString(),
      'X-Emulator-Tenant': world.tenant.name,
    },
    Buffer.from(JSON.stringify({ grantType: 'AUTHORIZATION_CODE', authCode })),
  );
  const { headers } = message;
  const value = /signature=(.+)$/.exec(String(headers.signature))?.[1];
  const content = Buffer.concat([Buffer.from(`POST ${path}\n${headers['client-id']}.${headers['response-time']}.`), raw]);
  const verified =
    value === undefined
      ? undefined
      : verify('sha256', content, platformPublicKey, Buffer.from(decodeURIComponent(value), 'base64'));
  return { headers, raw, verified };
}

function requestBytes(world: World, authCode: string): string {
  const body = JSON.stringify({ grantType: 'AUTHORIZATION_CODE', authCode });
  const headers = {
    Host: 'x',
    'Content-Type': 'application/json',
    'Client-Id': world.aurora.clientId,
    'X-Emulator-Tenant': world.tenant.name,
    'Content-Length': body.length,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`POST ${path} HTTP/1.1`, ...lines, '', body].join('\r\n');
}

function withFault(fault: (typeof faults)[number]): World {
  const world = newWorld(emulator);
  world.tenant.scenarios.add({ id: 'broken', when: { operation: 'applyToken' }, then: { fault }, times: 1 });
  return world;
}

/** Asserts that the operation was done, the journal names the fault, and the next call is normal. */
async function assertDone(world: World, fault: string, code: string): Promise<void> {
  const [entry] = world.tenant.journal.list({ kind: 'openapi' }, 1);
  assert.deepEqual([entry?.scenario, entry?.resultCode], ['broken', 'SUCCESS']);
  assert.match(entry ? inEnglish(entry.reason) : '', new RegExp(`the scenario broken applied the fault ${fault}$`));
  assert.equal((await exchange(world, code)).code, 'USED_AUTHCODE');
  assert.equal((await exchange(world, await world.code())).code, 'SUCCESS');
}

test('reset', async () => {
  const world = withFault('reset');
  const code = await world.code();
  await assert.rejects(exchange(world, code), { code: 'ECONNRESET' });
  await assertDone(world, 'reset', code);
});

test('hang: no byte is sent', async () => {
  const world = withFault('hang');
  const code = await world.code();
  const tester = new Tester(emulator, world.tenant.name);
  const bytes = requestBytes(world, code);
  let received = 0;
  const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1', () => socket.write(bytes));
  socket.on('data', (chunk) => {
    received += chunk.length;
  });
  const waited = await tester.post('/journal/wait', { match: { scenario: 'broken' }, timeout: 5 });
  assert.equal(waited.body.entries.length, 1);
  await assertDone(world, 'hang', code);
  assert.equal(received, 0);
  socket.destroy();
});

test('truncate: half of the body, with the Content-Length of the whole body', async () => {
  const world = withFault('truncate');
  const code = await world.code();
  const { status, lines, body } = await sendRaw(emulator.url, requestBytes(world, code));
  assert.equal(status, 'HTTP/1.1 200 OK');
  assert.match(body, /^\{"result":/);
  assert.throws(() => JSON.parse(body));
  const length = Number(lines.find((line) => line.startsWith('content-length: '))?.slice(16));
  assert.equal(body.length, Math.floor(length / 2));
  await assertDone(world, 'truncate', code);
});

test('garbage: bytes that are not JSON', async () => {
  const world = withFault('garbage');
  const code = await world.code();
  const answer = await raw(world, code);
  assert.throws(() => JSON.parse(answer.raw.toString()));
  assert.equal(answer.headers['content-type'], 'application/json; charset=UTF-8');
  await assertDone(world, 'garbage', code);
});

test('bad-signature: the signature does not verify', async () => {
  const world = withFault('bad-signature');
  const code = await world.code();
  const answer = await raw(world, code);
  assert.equal(JSON.parse(answer.raw.toString()).result.resultCode, 'SUCCESS');
  assert.equal(answer.verified, false);
  await assertDone(world, 'bad-signature', code);
});

test('no-signature: the header is missing', async () => {
  const world = withFault('no-signature');
  const code = await world.code();
  const answer = await raw(world, code);
  assert.equal(answer.headers.signature, undefined);
  assert.ok(answer.headers['response-time']);
  await assertDone(world, 'no-signature', code);
});

test('stale-response-time: a day old, and signed correctly', async () => {
  const world = withFault('stale-response-time');
  const code = await world.code();
  const { headers, verified } = await raw(world, code);
  assert.equal(verified, true);
  const age = Date.now() - Date.parse(headers['response-time'] as string);
  assert.ok(Math.abs(age - 24 * 3_600_000) < 60_000, String(age));
  await assertDone(world, 'stale-response-time', code);
});

test('a fault can break a raw answer and a result too', async () => {
  const world = newWorld(emulator);
  world.tenant.scenarios.add({
    then: [
      { status: 500, body: 'oh', fault: 'truncate' },
      { result: 'PROCESS_FAIL', fault: 'no-signature' },
    ],
  });
  const { status, lines, body: half } = await sendRaw(emulator.url, requestBytes(world, 'x'));
  assert.deepEqual([status, half], ['HTTP/1.1 500 Internal Server Error', 'o']);
  assert.ok(lines.includes('content-length: 2'));
  const { headers, raw: body } = await raw(world, 'x');
  assert.equal(headers.signature, undefined);
  assert.equal(JSON.parse(body.toString()).result.resultCode, 'PROCESS_FAIL');
});

test('a fault can break a mini program’s call', async () => {
  const world = newWorld(emulator);
  const page = new MiniProgram(emulator.url, world.tenant.name);
  world.tenant.scenarios.add({
    id: 'broken',
    when: { operation: 'getAuthCode' },
    then: [{ fault: 'reset' }, { fault: 'garbage' }],
  });
  await assert.rejects(page.call('getAuthCode', { scopes: ['USER_ID'] }));
  const garbled = await page.send('getAuthCode', { scopes: ['USER_ID'] });
  await assert.rejects(garbled.json());
  assert.ok((await page.getAuthCode(['USER_ID'])).authCode);
});

test('a delay is in the machine’s time, even if the clock is frozen', async () => {
  const world = newWorld(emulator);
  world.tenant.clock.freeze();
  world.tenant.scenarios.add({ then: { delay: 0.05 }, times: 2 });
  for (const call of [
    () => exchange(world, 'x'),
    () => new MiniProgram(emulator.url, world.tenant.name).call('getAuthCode', { scopes: ['USER_ID'] }),
  ]) {
    const startedAt = performance.now();
    await call();
    assert.ok(performance.now() - startedAt >= 49);
  }
  const [entry] = world.tenant.journal.list({ kind: 'openapi' }, 1);
  assert.ok((entry?.durationMs ?? 0) >= 50);
  const startedAt = performance.now();
  await exchange(world, 'x');
  assert.ok(performance.now() - startedAt < 1000);
});

test('a delay ends when the caller hangs up', async () => {
  const world = newWorld(emulator);
  world.tenant.scenarios.add({ then: { delay: 'PT1H' } });
  const body = JSON.stringify({ name: 'getAuthCode', params: { scopes: ['USER_ID'] }, gesture: true, ancestors: [] });
  const head = `POST /t/${world.tenant.name}/wallet/jsapi HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}`;
  const { hostname, port } = new URL(emulator.url);
  const socket = connect(Number(port), hostname);
  const hasBegun = new Promise<void>((resolve) => {
    const stop = emulator.tenants.watchers.watchCalls({
      ...{ added() {}, emptied() {} },
      ran: (tenant) => {
        if (tenant === world.tenant) resolve(stop());
      },
    });
  });
  socket.write(`${head}\r\nOrigin: http://localhost:3000\r\nContent-Type: text/plain\r\n\r\n${body}`);
  await hasBegun;
  assert.deepEqual(world.tenant.journal.list({ kind: 'jsapi' }), []);
  socket.destroy();
  assert.ok('entries' in (await world.tenant.journal.wait({ kind: 'jsapi' }, 1, 60_000)));
});
