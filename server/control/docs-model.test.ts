import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import test from 'node:test';
import { emulatorForFile } from '../testing/emulator.js';
import { docsModel } from './docs-model.js';
import type { OpenApiDocument } from './openapi-types.js';

const emulator = await emulatorForFile();
const document = (await emulator.app.inject('/_emulator/openapi.json')).json() as OpenApiDocument;

test('the page shows every operation and schema, and its links work', async () => {
  const { statusCode, headers, payload } = await emulator.app.inject('/_emulator/docs');
  assert.equal(statusCode, 200);
  assert.match(String(headers['content-type']), /^text\/html/);
  for (const operation of Object.values(document.paths).flatMap((methods) => Object.values(methods))) {
    assert.ok(payload.includes(`id="${operation.operationId}"`), operation.operationId);
  }
  const ids = new Set([...payload.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  const links = [...payload.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
  assert.ok(links.length > 60);
  for (const link of links) assert.ok(ids.has(link), link);
  for (const name of Object.keys(document.components.schemas)) assert.ok(ids.has(`schema-${name}`), name);
});

test('the page loads nothing from other hosts, has no inline script, and escapes examples', async () => {
  const { payload, headers } = await emulator.app.inject('/_emulator/docs');
  for (const [, address] of payload.matchAll(/(?:src|href)="([^"]*)"/g)) assert.match(String(address), /^[/#]/);
  assert.doesNotMatch(payload, /style="|<script>| on[a-z]+="/);
  const policy = String(headers['content-security-policy']);
  assert.match(policy, /^default-src 'none'/);
  for (const [, styles = ''] of payload.matchAll(/<style>([^<]*)<\/style>/g))
    assert.ok(policy.includes(`'sha256-${createHash('sha256').update(styles).digest('base64')}'`), styles);
  assert.ok(payload.includes('&quot;result&quot;: &quot;USED_AUTHCODE&quot;'));
});

test('the page links to the tenant’s document and is in the requested language', async () => {
  const { payload } = await emulator.app.inject('/t/mine/_emulator/docs?lang=en');
  assert.ok(payload.includes('href="/t/mine/_emulator/openapi.json"'));
  assert.ok(payload.includes('lang="en"') && payload.includes('<h1>The control API</h1>'));
});

test('nested fields have dotted names, and types refer to schemas by name', () => {
  const { schemas, tags } = docsModel(document);
  const client = schemas.find(({ name }) => name === 'Client');
  const max = client?.fields.find(({ name }) => name === 'rateLimit.max');
  assert.deepEqual([max?.required, max?.type], [true, [{ text: 'integer' }]]);
  const scenario = schemas.find(({ name }) => name === 'Scenario');
  assert.deepEqual(scenario?.fields.find(({ name }) => name === 'then')?.type, [
    { schema: 'Then' },
    { text: ' | ' },
    { text: 'list of ' },
    { schema: 'Then' },
  ]);
  const tokens = tags.flatMap(({ operations }) => operations).find(({ id }) => id === 'listTokens');
  assert.ok(tokens?.answers[0]?.fields.some(({ name }) => name === 'tokens[].accessToken'));
});
