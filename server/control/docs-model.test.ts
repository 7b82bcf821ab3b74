import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { packageRoot } from '../package-root.js';
import { languages } from '../pages/catalogues.js';
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
  assert.ok(payload.includes('href="/t/mine/_emulator/openapi.json?lang=en"'));
  assert.ok(payload.includes('lang="en"') && payload.includes('<h1>The control API</h1>'));
});

test('nested fields have dotted names, and types refer to schemas by name', () => {
  const { schemas, tags } = docsModel(document, 'en');
  const client = schemas.find(({ name }) => name === 'Client');
  const max = client?.fields.find(({ name }) => name === 'rateLimit.max');
  assert.deepEqual([max?.required, max?.type], [true, [{ text: 'integer' }]]);
  const scenario = schemas.find(({ name }) => name === 'Scenario');
  assert.deepEqual(scenario?.fields.find(({ name }) => name === 'then')?.type, [
    { schema: 'Then' },
    { text: ' | ' },
    { text: 'list of' },
    { text: ' ' },
    { schema: 'Then' },
  ]);
  const tokens = tags.flatMap(({ operations }) => operations).find(({ id }) => id === 'listTokens');
  assert.ok(tokens?.answers[0]?.fields.some(({ name }) => name === 'tokens[].accessToken'));
});

test('the page and the document are in Spanish for readers of Spanish', async () => {
  const { payload } = await emulator.app.inject('/_emulator/docs?lang=es');
  assert.match(payload, /<h2 id="tag-clock">Reloj<\/h2>/);
  assert.match(payload, /<b>Adelanta el reloj<\/b>/);
  assert.match(payload, /<code>billetera report open &lt;file&gt;<\/code>/);
  assert.doesNotMatch(payload.replace(/<pre>[\s\S]*?<\/pre>/g, ''), /`/);
  assert.match(payload, /<td><code>lista de <a href="#schema-[\s\S]*?el identificador de su entrada en la bitácora/);
  const inSpanish = (await emulator.app.inject('/_emulator/openapi.json?lang=es')).json() as OpenApiDocument;
  assert.equal(inSpanish.paths['/_emulator/clock/advance']?.post?.summary, 'Adelanta el reloj');
  assert.equal((await emulator.app.inject('/_emulator/openapi.json?lang=fr')).statusCode, 400);
});

test('every text of the document has a Spanish translation, and every translation is used', () => {
  const translations = ['fields', 'api'].map(
    (name) =>
      JSON.parse(readFileSync(join(packageRoot, 'docs', 'guides', 'es', `${name}.json`), 'utf8')) as Record<string, string>,
  );
  const [fields = {}, api = {}] = translations;
  const texts = new Set(textsOf(document));
  assert.ok(texts.size > 300);
  assert.deepEqual(
    [...texts].filter((text) => fields[text] === undefined && api[text] === undefined),
    [],
  );
  assert.deepEqual(
    Object.keys(api).filter((text) => !texts.has(text) || fields[text] !== undefined),
    [],
  );
});

test('every group of operations and every type has a word in each language', () => {
  for (const lang of languages) {
    const { tags } = docsModel(document, lang);
    for (const { title } of tags) assert.doesNotMatch(title, /^docs\./);
    assert.doesNotMatch(JSON.stringify(docsModel(document, lang)), /"docs\.types/);
  }
});

/** The descriptions, summaries and titles of a document. Examples have none. */
function textsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    if (['example', 'examples', 'default', 'license'].includes(key)) return [];
    return typeof part === 'string' ? (['title', 'summary', 'description'].includes(key) ? [part] : []) : textsOf(part);
  });
}
