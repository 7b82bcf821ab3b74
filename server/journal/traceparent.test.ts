import assert from 'node:assert/strict';
import test from 'node:test';
import { aurora, emulatorForFile, newWorld, users } from '../testing/emulator.js';
import { Tester } from '../testing/tester.js';
import { traceparentOf } from './traceparent.js';

const trace = '4bf92f3577b34da6a3ce929d0e0e4736';
const parent = '00f067aa0ba902b7';
const traceparent = `00-${trace}-${parent}-01`;

test('a traceparent that is not valid is ignored', () => {
  for (const valid of [
    traceparent,
    `00-${trace}-${parent}-00`,
    `cc-${trace}-${parent}-01-what-comes-later`,
    `01-${trace}-${parent}-01`,
  ])
    assert.equal(traceparentOf({ traceparent: valid }), valid);
  for (const wrong of [
    undefined,
    '',
    [traceparent, traceparent],
    `${traceparent}, ${traceparent}`,
    `${traceparent}-more`,
    ` ${traceparent}`,
    traceparent.toUpperCase(),
    `ff-${trace}-${parent}-01`,
    `00-${'0'.repeat(32)}-${parent}-01`,
    `00-${trace}-${'0'.repeat(16)}-01`,
    `00-${trace.slice(1)}-${parent}-01`,
    `0-${trace}-${parent}-01`,
    `00-${trace}-${parent}`,
    `01-${trace}-${parent}-01-${'x'.repeat(401)}`,
  ])
    assert.equal(traceparentOf({ traceparent: wrong }), undefined, String(wrong));
});

const emulator = await emulatorForFile();

test('the trace of a call is in the journal, on its page, in the HAR and in the report, and a search finds it', async () => {
  const world = newWorld(emulator);
  const { name } = world.tenant;
  const tester = new Tester(emulator, name);
  await world.tokens();
  await fetch(`${emulator.url}/t/${name}/v2/authorizations/applyToken`, { method: 'POST', headers: { traceparent }, body: '{}' });
  await fetch(`${emulator.url}/t/${name}/wallet/jsapi`, {
    method: 'POST',
    headers: { traceparent, 'content-type': 'text/plain', origin: emulator.url },
    body: JSON.stringify({ name: 'getAuthCode', params: { scopes: ['USER_ID'] }, appId: aurora.appId }),
  });
  await tester.call('POST', '/auth-codes', { ...aurora, userId: users.tomas, scopes: ['USER_ID'] }, { traceparent });
  await tester.call('POST', '/tokens', { ...aurora, userId: users.tomas, scopes: ['USER_ID'] }, { traceparent: 'not-a-trace' });
  const found = (await tester.get(`/journal?q=${trace.toUpperCase()}`)).body.entries as {
    id: string;
    kind: string;
    traceparent: string;
  }[];
  assert.deepEqual(
    found.map((entry) => [entry.kind, entry.traceparent]),
    ['control', 'jsapi', 'openapi'].map((kind) => [kind, traceparent]),
  );
  const [, , call] = found;
  const page = await (await fetch(`${emulator.url}/t/${name}/journal/${call?.id}?lang=en`)).text();
  assert.match(page, new RegExp(`<dt>Trace</dt><dd><a href="/t/${name}/journal\\?q=${trace}"><code>${traceparent}</code>`));
  const har = (await tester.get('/journal.har')).body.log.entries as { _id: string; _traceparent?: string }[];
  assert.equal(har.find(({ _id }) => _id === call?.id)?._traceparent, traceparent);
  assert.equal(har.filter(({ _traceparent }) => _traceparent !== undefined).length, 3);
  const { entries } = (await tester.get('/report')).body;
  assert.equal(entries.find(({ id }: { id: string }) => id === call?.id).traceparent, traceparent);
});
