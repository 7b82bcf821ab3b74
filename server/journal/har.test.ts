import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import type { TSchema } from 'typebox';
import { findProblem } from '../schemas/problem.js';
import { aurora, emulatorForFile, newWorld } from '../testing/emulator.js';
import { Tester } from '../testing/tester.js';
import type { PresentedEntry } from './entry.js';
import { harOf } from './har.js';

const emulator = await emulatorForFile();

/** The JSON Schema of HAR 1.2, from the package har-schema. */
const harSchema = readHarSchema();

function readHarSchema(): TSchema {
  const folder = dirname(createRequire(import.meta.url).resolve('har-schema/lib/har.json'));
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  const schemas = new Map(files.map((file) => [`${file}#`, JSON.parse(readFileSync(join(folder, file), 'utf8')) as object]));
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    const { $ref, $id: _, ...rest } = value as { $ref?: string; $id?: string };
    return $ref === undefined
      ? Object.fromEntries(Object.entries(rest).map(([key, item]) => [key, resolve(item)]))
      : resolve(schemas.get($ref));
  };
  return resolve(schemas.get('har.json#')) as TSchema;
}

function assertValid(har: unknown): void {
  assert.equal(findProblem(harSchema, har), undefined);
}

test('the journal as HAR is valid, oldest first, with headers, bodies, times and reasons', async () => {
  const world = newWorld(emulator);
  const tester = new Tester(emulator, world.tenant.name);
  await tester.put('/clock', { now: '2030-01-01T00:00:00Z', frozen: true });
  const { accessToken } = await world.tokens();
  await world.userInfo(accessToken);
  const { body, headers } = await tester.get('/journal.har');
  assert.match(String(headers['content-type']), /^application\/json/);
  assertValid(body);
  const { entries } = (await tester.get('/journal')).body;
  assert.deepEqual(
    body.log.entries.map((entry: { _id: string }) => entry._id),
    entries.map(({ id }: { id: string }) => id).reverse(),
  );
  const [, exchange, read] = body.log.entries;
  assert.equal(exchange.startedDateTime, '2030-01-01T00:00:00.000Z');
  assert.equal(exchange.request.method, 'POST');
  assert.ok(exchange.request.url.endsWith('/v2/authorizations/applyToken'));
  assert.equal(exchange.request.postData.mimeType, 'application/json; charset=UTF-8');
  assert.ok(
    exchange.request.headers.some(
      ({ name, value }: { name: string; value: string }) => name === 'client-id' && value === aurora.clientId,
    ),
  );
  assert.equal(exchange.response.status, 200);
  assert.equal(exchange.response.statusText, 'OK');
  assert.match(exchange.response.content.text, /"SUCCESS"/);
  assert.equal(exchange._resultCode, 'SUCCESS');
  assert.equal(read.comment, entries[0].reason);
  assert.ok(!JSON.stringify(body).includes(accessToken), 'tokens are shortened');
});

test('the HAR has the filters of the journal', async () => {
  const world = newWorld(emulator);
  const tester = new Tester(emulator, world.tenant.name);
  await world.tokens();
  await world.userInfo('nothing');
  const codes = async (query: string) =>
    (await tester.get(`/journal.har${query}`)).body.log.entries.map((entry: { _resultCode: string }) => entry._resultCode);
  assert.deepEqual(await codes(''), ['SUCCESS', 'INVALID_ACCESS_TOKEN']);
  assert.deepEqual(await codes('?operation=applyToken'), ['SUCCESS']);
  assert.deepEqual(await codes('?limit=1'), ['INVALID_ACCESS_TOKEN']);
  await tester.refused(400, /^since: /, 'GET', '/journal.har?since=9999-99-99T99:99');
  await tester.refused(400, /colour/, 'GET', '/journal.har?colour=red');
});

test('any call becomes a valid entry: odd paths, no body, no headers, a notification', () => {
  const entry: PresentedEntry = {
    id: '1',
    kind: 'openapi',
    at: '2030-01-01T00:00:00.000Z',
    method: 'GET',
    path: '/',
    status: 0,
    reason: 'it was so',
    durationMs: 0,
    findings: [],
    request: { headers: {}, body: '' },
    response: { headers: { 'set-cookie': ['a=b', 'c=d'] }, body: '' },
  };
  const url = (path: string) => {
    const har = harOf([{ ...entry, path }], 'http://127.0.0.1:4010', '1.0.0');
    assertValid(har);
    return har.log.entries[0]?.request.url;
  };
  assert.equal(url('/a%zz'), 'http://127.0.0.1:4010/a%25zz');
  assert.equal(url('//evil.example/a'), 'http://127.0.0.1:4010//evil.example/a');
  assert.equal(url('/ñ a'), 'http://127.0.0.1:4010/%C3%B1%20a');
  assert.equal(url('*'), 'http://127.0.0.1:4010/*');
  assert.equal(url('https://shop.example/notify?a=b'), 'https://shop.example/notify?a=b');
  assert.equal(url('https://'), 'http://127.0.0.1:4010/https://');
});
