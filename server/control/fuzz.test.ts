import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { anyJson, arbitraryFor, type JsonSchema, oddText } from '../testing/arbitrary-json.js';
import { aurora, emulatorForFile, users } from '../testing/emulator.js';
import { fuzz } from '../testing/fuzz.js';
import { PageClient } from '../testing/page-client.js';
import { profileSource } from '../testing/profile.js';
import { Tester } from '../testing/tester.js';

const day = 86_400_000;

const emulator = await emulatorForFile();

interface Operation {
  parameters?: { name: string; in: string; schema: JsonSchema }[];
  requestBody?: { content: Record<string, { schema: JsonSchema }> };
}
interface Document {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, JsonSchema> };
}
const document = (await emulator.app.inject('/_emulator/openapi.json')).json() as Document;
const { schemas } = document.components;
const known = [
  aurora.clientId,
  aurora.appId,
  ...Object.values(users),
  `${users.lucia}.${aurora.appId}`,
  'USER_ID',
  'USER_NAME',
  'platform-v2',
  'superqi',
  'applyToken',
  'getAuthCode',
  'SUCCESS',
  'PROCESS_FAIL',
  'used-auth-code',
  'PT1H',
  '2030-01-01T00:00:00Z',
  '1',
];

interface ControlCall {
  method: string;
  path: string;
  body: string | undefined;
}

const inPath = fc.oneof(
  fc.constantFrom(...known),
  oddText.filter((word) => !['', '.', '..'].includes(word)),
);
const inQuery = fc.oneof(fc.constantFrom(...known), oddText);
/** As UTF-8, which has no half characters. */
const encoded = (word: string) => encodeURIComponent(Buffer.from(word).toString());

/** Each operation of the control API, with a body, path and query that mostly fit its schema. */
const calls = Object.entries(document.paths).flatMap(([path, operations]) =>
  Object.entries(operations)
    // A stream has no end.
    .filter(() => !path.endsWith('/stream'))
    .map(([method, operation]) => callOf(method.toUpperCase(), path, operation)),
);

function callOf(method: string, path: string, { parameters = [], requestBody }: Operation): fc.Arbitrary<ControlCall> {
  const names = parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
  const schema = requestBody?.content['application/json']?.schema ?? Object.values(requestBody?.content ?? {})[0]?.schema;
  const query: fc.Arbitrary<Record<string, string>> =
    names.length === 0 ? fc.constant({}) : fc.dictionary(fc.oneof(fc.constantFrom(...names), oddText), inQuery, { maxKeys: 3 });
  const value = schema === undefined ? fc.constant(undefined) : arbitraryFor(schema, schemas, known);
  return fc.tuple(fc.array(inPath, { minLength: 2, maxLength: 2 }), query, value).map(([words, fields, sent]) => {
    let used = 0;
    const filled = path.replace(/\{\w+\}/g, () => encoded(words[used++ % 2] as string));
    const search = Object.entries(fields).map(([name, word]) => `${encoded(name)}=${encoded(word)}`);
    return {
      method,
      path: `${filled.replace('/_emulator', '')}${search.length > 0 ? `?${search.join('&')}` : ''}`,
      body: sent === undefined ? undefined : JSON.stringify(impatient(path, sent)),
    };
  });
}

/** A wait is not a hang: it may last for an hour. */
function impatient(path: string, body: unknown): unknown {
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body);
  return path.endsWith('/wait') && isObject ? { ...body, timeout: 0.001 } : body;
}

/** The pages and lists that show what a call may have stored. */
const shows = ['/', '/scenarios', '/profile', '/wallet/apps', '/playground', '/_emulator/settings', '/_emulator/journal'].concat(
  ['tokens', 'clients', 'apps', 'users', 'consents', 'scenarios', 'findings', 'snapshot'].map((name) => `/_emulator/${name}`),
);

test('any call of the control API is accepted or rejected with a 4xx, and what it stored can be shown', {
  timeout: day,
}, async (context) => {
  const tester = new Tester(emulator);
  const page = new PageClient(emulator, tester.tenant);
  await fuzz(context, {
    arbitrary: fc.tuple(fc.oneof(...calls), fc.constantFrom(...shows)),
    runs: 500,
    call: async ([{ method, path, body }, shown]) => {
      // The tester checks that every status is below 500 and matches the OpenAPI document.
      const answer = await tester.call(method, path, body);
      if (answer.status >= 400 && answer.status !== 408) assert.deepEqual(Object.keys(answer.body), ['error', 'message']);
      const { status, text } = await page.get(shown);
      assert.equal(status, 200, `${shown} after ${method} ${path} ${body}: ${text.slice(0, 500)}`);
    },
    tidy: () => tester.post('/reset'),
  });
});

const jsapiNames = [...Object.keys(profileSource().jsapis ?? {}), 'getAuthCode', 'tradePay', 'getStorage'];
const jsapiBody = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record(
      {
        name: fc.oneof(fc.constantFrom(...jsapiNames), oddText),
        params: fc.oneof(
          fc.record(
            {
              scopes: fc.oneof(fc.array(fc.oneof(fc.constantFrom(...known), oddText), { maxLength: 4 }), anyJson),
              usage: anyJson,
            },
            { requiredKeys: [] },
          ),
          anyJson,
        ),
        appId: fc.oneof(fc.constantFrom(...known), anyJson),
        gesture: fc.oneof(fc.boolean(), anyJson),
        ancestors: fc.oneof(fc.array(oddText, { maxLength: 2 }), anyJson),
        session: anyJson,
        url: oddText,
      },
      { requiredKeys: [] },
    ),
  },
  { weight: 1, arbitrary: anyJson },
);

test('any call of the JSAPI endpoint is answered, or rejected with a 4xx', { timeout: day }, async (context) => {
  const tester = new Tester(emulator);
  const page = new PageClient(emulator, tester.tenant);
  await fuzz(context, {
    arbitrary: fc.tuple(jsapiBody, fc.constantFrom('http://localhost:3000', 'null', 'https://evil.example', 'file://', '\u00ff')),
    runs: 500,
    call: async ([sent, origin]) => {
      const body = JSON.stringify(sent);
      const { status, text } = await page.send('POST', '/wallet/jsapi', body, { 'content-type': 'application/json', origin });
      assert.ok(status < 500, `${status} for ${body.slice(0, 500)}: ${text.slice(0, 300)}`);
    },
    tidy: () => tester.post('/reset'),
  });
  assert.equal((await page.get('/_emulator/journal')).status, 200);
});
