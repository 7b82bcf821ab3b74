import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import { RealPlatform } from '../testing/real-platform.js';
import { RecorderWorld } from '../testing/recorder-world.js';

const platform = await RealPlatform.start();

/** A word that no list knows, with letters and digits. */
function secret(): string {
  const letters = Array.from({ length: 9 }, () => 'bcdfghjkmnpqrstvwxz'.charAt(randomInt(19))).join('');
  return `${letters}${randomInt(10_000, 99_999)}Qz`;
}

/** A platform whose answers are given. @returns its address */
async function answering(answer: { type: string; headers?: Record<string, string | string[]>; body: string }): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    response.writeHead(200, { 'Content-Type': answer.type, ...answer.headers }).end(answer.body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  after(() => server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Records one call, and takes a report. */
async function reportOf(to: string, lines: readonly string[], target: string, content: string) {
  const world = await RecorderWorld.open(platform, { to });
  await world.send(['Host: 127.0.0.1', ...lines], { target, content });
  const { body } = await world.emulator.app.inject({ url: '/_emulator/report' });
  return body;
}

const places: Record<string, (value: string) => Parameters<typeof reportOf> | Promise<Parameters<typeof reportOf>>> = {
  'a query': async (value) => [await answering({ type: 'text/plain', body: '' }), [], `/v2/cards?card=${value}&x=1`, ''],
  'a segment of the path': async (value) => [await answering({ type: 'text/plain', body: '' }), [], `/v2/cards/${value}`, ''],
  'a form': async (value) => [
    await answering({ type: 'text/plain', body: '' }),
    ['Content-Type: application/x-www-form-urlencoded'],
    '/v2/pay',
    `authCode=${value}&grantType=AUTHORIZATION_CODE`,
  ],
  'a field that no wallet has': async (value) => [
    await answering({ type: 'text/plain', body: '' }),
    ['Content-Type: application/json'],
    '/v2/pay',
    JSON.stringify({ outer: [{ cardNo: value, text: JSON.stringify({ password: value }) }] }),
  ],
  'a header': async (value) => [
    await answering({ type: 'text/plain', body: '' }),
    [`X-Api-Key: ${value}`, `Cookie: a=${value}`, `Authorization: Bearer ${value}`, `X-Customer: ${value}`],
    '/v2/pay',
    '{}',
  ],
  'a header of the answer': async (value) => [
    await answering({
      type: 'text/plain',
      headers: { 'Set-Cookie': [`sid=${value}; Path=/`], Location: `https://shop.example/?token=${value}` },
      body: '',
    }),
    [],
    '/v2/pay',
    '{}',
  ],
  'a page in the answer': async (value) => [
    await answering({ type: 'text/html', body: `<p>Bad token ${value} of <b>${value}@shop.example</b></p>` }),
    [],
    '/v2/pay',
    '{}',
  ],
  'a field of the answer': async (value) => [
    await answering({ type: 'application/json', body: JSON.stringify({ user: { passport: value, names: [value] } }) }),
    [],
    '/v2/pay',
    '{}',
  ],
};

for (const [place, callWith] of Object.entries(places))
  test(`a report of a recorder has no value of a call: ${place}`, async () => {
    const value = secret();
    const report = await reportOf(...(await callWith(value)));
    assert.equal(JSON.parse(report).entries.filter(({ kind }: { kind: string }) => kind === 'recorded').length, 1);
    assert.ok(!report.includes(value), report.slice(Math.max(0, report.indexOf(value) - 200), report.indexOf(value) + 60));
  });

test('equal values stay equal in a report of a recorder', async () => {
  const value = secret();
  const to = await answering({ type: 'application/json', body: JSON.stringify({ customer: value }) });
  const report = await reportOf(
    to,
    ['Content-Type: application/json'],
    '/v2/pay',
    JSON.stringify({ customer: value, other: 'b' }),
  );
  const [{ request, response }] = JSON.parse(report).entries;
  assert.equal(JSON.parse(request.body).customer, JSON.parse(response.body).customer);
});
