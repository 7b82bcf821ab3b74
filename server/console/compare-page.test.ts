import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DialectWorld } from '../testing/dialects/dialect-world.js';
import { dialectOf } from '../testing/dialects/dialects.js';
import { driftedExchanges } from '../testing/drifted-exchanges.js';
import { emulatorForFile, newWorld } from '../testing/emulator.js';
import { platformPublicKey } from '../testing/merchant.js';
import { PageClient } from '../testing/page-client.js';
import { recordRun } from '../testing/recorded-run.js';
import { harOf } from '../testing/write-har.js';

const emulator = await emulatorForFile();
const world = newWorld(emulator);
const page = new PageClient(emulator, world.tenant.name);

/** The differences on a page: code and sentence. */
function differencesIn(html: string): string[] {
  const items = html.matchAll(/data-testid="difference" data-code="([\w-]+)">\s*<p class="difference-sentence">([^<]*)</g);
  return Array.from(items, ([, code, sentence]) => `${code}: ${sentence}`);
}

describe('the page of a comparison', () => {
  test('shows each difference with both sides, by operation', async () => {
    const { status, text } = await page.post('/compare?lang=en', { recording: driftedExchanges, wallet: 'platform-v2' });
    assert.equal(status, 200);
    const codes = differencesIn(text).map((line) => line.split(':')[0]);
    assert.deepEqual(
      new Set(codes),
      new Set([
        'header-case',
        'header-value',
        'header-extra',
        'signature-missing',
        'request-field-refused',
        'response-field-length',
        'response-field-extra',
        'response-field-type',
        'lifetime',
        'result-code-unknown',
        'path-unknown',
        'response-field-form',
        'array-order',
        'scope-reads',
        'refresh-old-pair',
      ]),
    );
    const headings = Array.from(text.matchAll(/<h2 id="operation-\d+">([^<]*)</g), ([, heading]) => heading);
    assert.deepEqual(headings, ['All operations', 'applyToken', 'inquiryUserInfo']);
    assert.match(text, new RegExp(`data-count="${codes.length}">${codes.length} differences from Mini Program Platform, v2<`));
    assert.match(text, /5 calls were compared\. 1 call was left out/);
    assert.match(text, /<dt>Platform<\/dt><dd>\s*<code dir="ltr">PT1H<\/code>/);
    assert.match(text, /<dt>Emulator<\/dt><dd>\s*<code dir="ltr">PT2H<\/code>/);
    assert.match(text, /no longer works/);
    assert.match(text, /data-testid="whole-answers"/);
  });

  test('shows data of the recording as text, and keeps nothing of it', async () => {
    const { text } = await page.post('/compare', { recording: driftedExchanges, wallet: 'platform-v2' });
    assert.ok(text.includes('&lt;b&gt;n7&lt;/b&gt;') && !text.includes('<b>n7</b>'));
    assert.equal(world.tenant.journal.list().length, 0);
    assert.equal((await world.tenant.store.grants()).length, 0);
    assert.equal(world.tenant.clients.get('2020000000000000'), undefined);
  });

  test('lets the form go without its text field, so that a missing recording is explained', async () => {
    const form = await page.get('/compare?lang=en');
    assert.doesNotMatch(form.text, /<textarea[^>]* required/);
    assert.match(form.text, /id="compare-file-hint">[^<]* You can paste its content below instead\.</);
  });

  test('says that nothing differs', async () => {
    const recording = harOf(await recordRun(await DialectWorld.open(emulator, dialectOf('superqi'))));
    const platformKey = platformPublicKey.export({ type: 'spki', format: 'pem' }).toString();
    const { text } = await page.post('/compare?lang=en', { recording, wallet: 'superqi', platformKey });
    assert.match(text, /data-count="0">No differences from Super Qi</);
    assert.match(text, /<p>The emulator answers each of these calls like the platform\.</);
    assert.doesNotMatch(text, /data-filter/);
    assert.doesNotMatch(text, /the given key/);

    const masked = JSON.parse(recording);
    for (const entry of masked.log.entries)
      entry._billetera = {
        masked: true,
        signatures: {
          request: { verified: null },
          response: { verified: true, content: '{method} {path}\n{clientId}.{time}.{body}' },
        },
      };
    const form = { recording: JSON.stringify(masked), wallet: 'superqi', platformKey };
    assert.match(
      (await page.post('/compare?lang=en', form)).text,
      /its own findings about the signatures count, and not the given key</,
    );
    assert.match(
      (await page.post('/compare?lang=es', form)).text,
      /cuenta lo que averiguó al grabar sobre las firmas, y no la clave dada</,
    );
  });

  for (const [name, form, problem] of [
    ['no recording', { recording: '' }, /no recording: choose a file, or paste its content/],
    ['no HAR', { recording: '{}' }, /expected a HAR file: the JSON has no list log\.entries/],
    ['no wallet', { recording: driftedExchanges, wallet: 'none' }, /wallet: expected one of alipay-connect, /],
    ['no key', { recording: driftedExchanges, wallet: 'gcash', platformKey: 'x' }, /platformKey: expected /],
    [
      'no call of a wallet',
      { recording: 'GET /a HTTP/1.1\nHost: shop.example\n\n\nHTTP/1.1 200 OK\n\nhello', wallet: 'gcash' },
      /no call of this recording looks like a call to gcash/,
    ],
    [
      'too many calls',
      { recording: `${'GET /a HTTP/1.1\nHost: a\n\n###\n'.repeat(1001)}`, wallet: 'gcash' },
      /the recording has 1001 calls, and this page compares at most 1000/,
    ],
  ] as const)
    test(`explains what is wrong: ${name}`, async () => {
      const { status, text } = await page.post('/compare?lang=en', { ...form });
      assert.equal(status, 400);
      const [, shown = ''] = /data-testid="problem">[\s\S]*?<span>([\s\S]*?)<\/span>/.exec(text) ?? [];
      assert.match(shown, problem);
    });
});
