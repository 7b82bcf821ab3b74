import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { anyJson, oddText } from '../testing/arbitrary-json.js';
import { aurora, emulatorForFile, users } from '../testing/emulator.js';
import { fuzz } from '../testing/fuzz.js';
import { PageClient } from '../testing/page-client.js';
import { Tester } from '../testing/tester.js';

const emulator = await emulatorForFile();
const tester = new Tester(emulator);
const page = new PageClient(emulator, tester.tenant);
const scopes = ['USER_ID', 'USER_NAME', 'USER_CONTACTINFO'];

const { text: screen } = await page.get(await page.sheet(scopes));
/** The tester's delay is left out: it may be ten minutes. */
const names = [...new Set(Array.from(screen.matchAll(/ name="([^"]*)"/g), ([, name = '']) => name))].filter(
  (name) => name !== 'delay',
);
assert.ok(names.includes('decision') && names.includes('scope'), 'the fields of the screen');

const word = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('allow', 'deny', 'close', ...scopes, ...Object.values(users), '10', 'on', aurora.appId),
  },
  oddText,
);
const form = fc.array(fc.tuple(fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...names) }, oddText), word), { maxLength: 8 });
const steps = fc.array(fc.tuple(fc.constantFrom('GET', 'POST', 'PAGE') as fc.Arbitrary<'GET' | 'POST' | 'PAGE'>, form), {
  minLength: 1,
  maxLength: 3,
});
const wanted = fc.oneof(
  { weight: 3, arbitrary: fc.subarray(scopes, { minLength: 1 }) },
  { weight: 1, arbitrary: fc.array(fc.oneof(fc.constantFrom(...scopes), oddText), { maxLength: 4 }) },
);
const pages = ['/wallet/apps', '/wallet/consent', '/wallet/payment', '/my.js', '/wallet/jsapi', '/wallet/storage', '/nothing'];

test('any answer on a consent screen, in any order, is answered or rejected with a 4xx', {
  timeout: 86_400_000,
}, async (context) => {
  await fuzz(context, {
    arbitrary: fc.tuple(wanted, steps, fc.constantFrom(...pages), anyJson),
    runs: 60,
    call: async ([asked, answers, other, more]) => {
      const { body } = await page.call('getAuthCode', { scopes: asked, extra: more });
      const sheet = (body?.sheet as string | undefined) ?? '/wallet/consent?id=none';
      for (const [how, fields] of answers) {
        const query = new URLSearchParams(fields).toString();
        const headers = { 'content-type': 'application/x-www-form-urlencoded' };
        const { status, text } =
          how === 'POST'
            ? await page.send('POST', sheet, query, headers)
            : await page.get(how === 'GET' ? `${sheet}&${query}` : `${other}?${query}`);
        assert.ok(status < 500, `${how} ${sheet} ${other} ${query}: ${status} ${text.slice(0, 500)}`);
      }
    },
    tidy: () => tester.post('/reset'),
  });
});
