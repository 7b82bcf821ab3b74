// biome-ignore-all lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits

import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { oddText } from '../testing/arbitrary-json.js';
import { aurora, auroraKey, emulatorForFile, users } from '../testing/emulator.js';
import { fuzz } from '../testing/fuzz.js';
import { Merchant } from '../testing/merchant.js';
import { nearlyText } from '../testing/nearly.js';
import { PageClient } from '../testing/page-client.js';
import { Tester } from '../testing/tester.js';

const emulator = await emulatorForFile();

interface Route {
  method: 'GET' | 'POST';
  path: string;
}

/** The pages, and the forms on them. A stream has no end. */
const routes = emulator.app
  .printRoutes({ commonPrefix: false, includeHooks: false })
  .split('\n')
  .flatMap((line): Route[] => {
    const [, path = '', methods = ''] = /── (\/\S*) \(([^)]+)\)/.exec(line) ?? [];
    if (path === '' || /^\/(_emulator|assets|wallet|demo)|\*|stream|events/.test(path)) return [];
    return methods.split(', ').flatMap((method) => (method === 'GET' || method === 'POST' ? [{ method, path }] : []));
  });
assert.ok(routes.filter(({ method }) => method === 'POST').length > 10, 'forms');
assert.ok(routes.length > 30, 'pages');

const tester = new Tester(emulator);
const page = new PageClient(emulator, tester.tenant);

/** Makes calls of each kind, so that pages have something to show. */
async function fill(): Promise<void> {
  const { body } = await tester.post('/auth-codes', { ...aurora, userId: users.tomas, scopes: ['USER_ID', 'USER_NAME'] });
  const merchant = new PageClient(emulator, tester.tenant);
  const headers = { 'content-type': 'application/json', 'client-id': aurora.clientId, 'request-time': '2026-05-01T12:00:00Z' };
  const exchange = JSON.stringify({ grantType: 'AUTHORIZATION_CODE', authCode: body.authCode });
  await merchant.send('POST', '/v2/authorizations/applyToken', exchange, headers);
  await page.call('getAuthCode', { scopes: ['USER_NAME'] });
  await tester.post('/scenarios', { id: 'busy', then: { result: 'PROCESS_FAIL' }, times: 1 });
}

/** The names and values of the fields that the pages have, and the ids in their links. */
async function wordsOnPages(): Promise<{ names: string[]; words: string[] }> {
  const names = new Set<string>();
  const words = new Set<string>([aurora.clientId, aurora.appId, ...Object.values(users), 'busy', 'yes', 'es', '1', '2']);
  for (const { method, path } of routes) {
    if (method !== 'GET' || path.includes(':')) continue;
    const { text } = await page.get(path);
    for (const [, name = ''] of text.matchAll(/ name="([^"]*)"/g)) names.add(name);
    for (const [, value = ''] of text.matchAll(/ value="([^"]{1,200})"/g)) words.add(value);
    for (const [, , id = ''] of text.matchAll(/href="[^"]*\/(journal|authorizations|users|clients|apps)\/([^"/?#]+)"/g))
      words.add(id);
  }
  return { names: [...names], words: [...words] };
}

await fill();
const { names, words } = await wordsOnPages();
assert.ok(names.length > 20);
const snapshot = JSON.stringify((await tester.get('/snapshot')).body);
const har = (await tester.get('/journal.har')).text;
const request = writtenRequest();

/** A signed request, as people paste it into the signature doctor. */
function writtenRequest(): string {
  const merchant = new Merchant(emulator.url, aurora.clientId, auroraKey);
  const body = '{"grantType":"AUTHORIZATION_CODE","authCode":"x"}';
  const time = '2026-05-01T12:00:00Z';
  const signature = merchant.signature('/v2/authorizations/applyToken', Buffer.from(body), { time });
  const lines = [
    `Client-Id: ${aurora.clientId}`,
    `Request-Time: ${time}`,
    `Signature: algorithm=RSA256, keyVersion=1, signature=${signature}`,
  ];
  return `POST /v2/authorizations/applyToken HTTP/1.1\n${lines.join('\n')}\n\n${body}`;
}

const curl = `curl -X POST 'http://127.0.0.1:4010/v2/authorizations/applyToken' -H 'Client-Id: ${aurora.clientId}' -H 'Signature: signature=AAAA' --data-raw '{"a":"b"}'`;
const written = nearlyText(fc.constantFrom(request, curl, har, snapshot));
const word = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...words) }, oddText);
const value = fc.oneof({ weight: 4, arbitrary: word }, { weight: 1, arbitrary: written });
const fields = fc.dictionary(fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...names) }, oddText), value, { maxKeys: 6 });
const headers = fc.dictionary(
  fc.constantFrom('accept-language', 'referer', 'cookie', 'accept', 'x-requested-with', 'content-type', 'last-event-id'),
  fc.oneof(
    fc.constantFrom('es', 'ar', 'application/json', 'text/plain', 'a=b; c', 'http://[', 'multipart/form-data'),
    fc.webSegment(),
  ),
  { maxKeys: 2 },
);
const encoded = (text: string) => encodeURIComponent(Buffer.from(text).toString());

test('any page and any form of a page is answered, or rejected with a 4xx', { timeout: 86_400_000 }, async (context) => {
  await fuzz(context, {
    arbitrary: fc.tuple(fc.constantFrom(...routes), fc.array(word, { minLength: 2, maxLength: 2 }), fields, headers),
    runs: 150,
    call: async ([{ method, path }, ids, form, more]) => {
      let used = 0;
      const filled = path.replace(/:\w+/g, () => encoded(ids[used++ % 2] || 'x'));
      const query = Object.entries(form).map(([name, text]) => `${encoded(name)}=${encoded(text)}`);
      const { status, text } =
        method === 'GET'
          ? await page.get(`${filled}?${query.join('&')}`, more)
          : await page.send('POST', filled, query.join('&'), { 'content-type': 'application/x-www-form-urlencoded', ...more });
      assert.ok(status < 500, `${method} ${filled} ${query.join('&')} ${JSON.stringify(more)}: ${status} ${text.slice(0, 500)}`);
    },
    tidy: async () => {
      await tester.post('/reset');
      await fill();
    },
  });
});
