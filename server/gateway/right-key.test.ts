import assert from 'node:assert/strict';
import { constants, createHash, privateEncrypt, sign } from 'node:crypto';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { emulatorForFile, faro, newWorld, scratchFolder } from '../testing/emulator.js';
import { writeProfile } from '../testing/profile.js';
import { Tester } from '../testing/tester.js';
import { body, codesOf, headOf, path, rightText, time, type Way } from '../testing/wrongly-signed.js';
import { inEnglish } from '../texts/write-text.js';

// Each call is signed with the registered key, over something else than the content to sign.

const fixtures = scratchFolder();
const emulator = await emulatorForFile({ fixtures });
/** A body with characters of several charsets. */
const named = { accessToken: 'a', extendInfo: 'peña' };
const chinese = { accessToken: 'a', extendInfo: '钱包' };

const wallets = join(fixtures, 'wallets');
writeProfile(wallets, 'live', (source) => {
  source.prefixes = ['/ams/api', '/ams/sandbox/api'];
});
writeProfile(wallets, 'with-ending', (source) => {
  source.endings = ['.htm'];
});

const otherPath = (change: (path: string) => string): Way => ({
  content: (right) => rightText({ ...right, path: change(right.path) }),
});
const otherTime = (signed: string): Way => ({ content: (right) => rightText({ ...right, time: signed }) });
const otherText = (sent: object | string, change: (text: string) => string | Buffer): Way => ({
  sent,
  content: (right) => Buffer.concat([Buffer.from(headOf(right)), Buffer.from(change(right.body.toString()) as string)]),
});
const inCharset = (sent: object, charset: 'latin1' | 'utf16le'): Way => ({
  sent,
  content: (right) => Buffer.from(rightText(right), charset),
});
const bigEndian = (text: string) => Buffer.from(text, 'utf16le').swap16();
const gbk = (text: string) => Buffer.from(text.replace('钱包', '\xc7\xae\xb0\xfc'), 'latin1');

const { RSA_PKCS1_PSS_PADDING: pss, RSA_PSS_SALTLEN_MAX_SIGN: maxSalt } = constants;

/** Mistakes by their codes. */
const mistakes: Record<string, Record<string, Way>> = {
  'wrong-hash': {
    'SHA-1': { sign: (content, key) => sign('sha1', content, key) },
    'SHA-512': { sign: (content, key) => sign('sha512', content, key) },
    MD5: { sign: (content, key) => sign('md5', content, key) },
    PSS: { sign: (content, key) => sign('sha256', content, { key, padding: pss, saltLength: 32 }) },
    'PSS with the longest salt': { sign: (content, key) => sign('sha256', content, { key, padding: pss, saltLength: maxSalt }) },
    'PSS with SHA-1': { sign: (content, key) => sign('sha1', content, { key, padding: pss, saltLength: 20 }) },
    'the hash, encrypted with the private key': {
      sign: (content, key) => privateEncrypt(key, createHash('sha256').update(content).digest()),
    },
  },
  'wrong-hash, body-changed': {
    'SHA-1 over spaces after commas and colons': {
      ...otherText(body, (text) => text.replaceAll('":"', '": "').replaceAll('","', '", "')),
      sign: (content, key) => sign('sha1', content, key),
    },
  },
  'wrong-hash, content-unknown': {
    'SHA-1 over something else': { content: () => 'something else', sign: (content, key) => sign('sha1', content, key) },
    'PSS over something else': {
      content: () => 'something else',
      sign: (content, key) => sign('sha256', content, { key, padding: pss, saltLength: 32 }),
    },
  },
  'wrong-charset': {
    'Latin-1': inCharset(named, 'latin1'),
    'US-ASCII, as Java writes it': otherText(chinese, (text) => text.replace('钱包', '??')),
    GBK: otherText(chinese, gbk),
    'UTF-16, little endian': inCharset(body, 'utf16le'),
    'UTF-16, big endian': { content: (right) => bigEndian(rightText(right)) },
    'UTF-16, as Java writes it': { content: (right) => Buffer.concat([Buffer.from([0xfe, 0xff]), bigEndian(rightText(right))]) },
    'UTF-8 twice': otherText(named, (text) => Buffer.from(text).toString('latin1')),
  },
  'byte-order-mark': {
    'before the body': otherText(body, (text) => `\ufeff${text}`),
    'before everything': { content: (right) => `\ufeff${rightText(right)}` },
    'sent and not signed': otherText(`\ufeff${JSON.stringify(body)}`, (text) => text.slice(1)),
  },
  'path-slash': {
    'no leading slash': otherPath((right) => right.slice(1)),
    'a slash at the end': otherPath((right) => `${right}/`),
    'two slashes at the start': otherPath((right) => `/${right}`),
  },
  'foreign-host': {
    'the real wallet’s': otherPath((right) => `https://open-sea-global.alipay.com${right}`),
    'the real wallet’s, without a scheme': otherPath((right) => `vodapay-gateway.sandbox.vfs.africa${right}`),
  },
  'full-url': { 'the host without a scheme': otherPath((right) => new URL(emulator.url).host + right) },
  'path-mismatch': {
    'another operation': otherPath(() => '/v2/authorizations/applyToken'),
    'another version': otherPath((right) => right.replace('v2', 'v1')),
    'the live path for the sandbox': { wallet: 'live', target: `/ams/sandbox/api${path}`, ...otherPath(() => `/ams/api${path}`) },
    'the sandbox path for the live one': {
      wallet: 'live',
      target: `/ams/api${path}`,
      ...otherPath(() => `/ams/sandbox/api${path}`),
    },
    'with the wallet’s ending': { wallet: 'with-ending', ...otherPath((right) => `${right}.htm`) },
    'without the wallet’s ending': { wallet: 'with-ending', target: `${path}.htm`, ...otherPath(() => path) },
  },
  'body-changed': {
    'PHP’s escapes': otherText(named, (text) => text.replaceAll('/', '\\/').replace('ñ', '\\u00f1')),
    'PHP’s slashes and its pretty print': otherText(body, (text) =>
      JSON.stringify(JSON.parse(text), null, 4).replaceAll('/', '\\/'),
    ),
    'Python’s spaces with sorted keys': otherText(
      { extendInfo: 'a', accessToken: 'b' },
      () => '{"accessToken": "b", "extendInfo": "a"}',
    ),
    'Python’s dict': otherText(body, () => `{'accessToken': 'nothing-like-it', 'extendInfo': 'https://example.com/a'}`),
    'Java’s Map': otherText(body, () => '{accessToken=nothing-like-it, extendInfo=https://example.com/a}'),
    'JavaScript’s object as text': otherText(body, () => '[object Object]'),
    'Jackson’s pretty print': otherText(
      body,
      () => '{\n  "accessToken" : "nothing-like-it",\n  "extendInfo" : "https://example.com/a"\n}',
    ),
    '.NET’s escapes': otherText(
      { accessToken: 'a+b', extendInfo: 'peña' },
      () => '{"accessToken":"a\\u002Bb","extendInfo":"pe\\u00F1a"}',
    ),
    'keys in another order': otherText(
      { appId: 'd', extendInfo: 'f', authCode: 'a', grantType: 'b', customerBelongsTo: 'e', authClientId: 'c' },
      () => '{"authCode": "a", "grantType": "b", "authClientId": "c", "appId": "d", "customerBelongsTo": "e", "extendInfo": "f"}',
    ),
    'many keys, reversed': otherText(Object.fromEntries([...'abcdefgh'].map((key) => [key, key])), () =>
      JSON.stringify(Object.fromEntries([...'hgfedcba'].map((key) => [key, key]))),
    ),
    'Python’s indentation by 0': otherText(
      body,
      () => '{\n"accessToken": "nothing-like-it",\n"extendInfo": "https://example.com/a"\n}',
    ),
    'numbers as Python writes them': otherText(
      '{"accessToken":"a","amount":1.0,"orderId":216610000000446291765}',
      () => '{"accessToken": "a", "amount": 1.0, "orderId": 216610000000446291765}',
    ),
    'numbers as JavaScript writes them': otherText('{"accessToken":"a","amount":1.0}', () => '{"accessToken":"a","amount":1}'),
    'PHP’s pretty print of numbers': otherText(
      '{"amount":1.50,"lines":[1,2.0],"memo":null}',
      () => '{\n    "amount": 1.50,\n    "lines": [\n        1,\n        2.0\n    ],\n    "memo": null\n}',
    ),
    'Java’s Map with numbers': otherText('{"b":1.0,"a":{"c":2.50}}', () => '{b=1.0, a={c=2.50}}'),
    'keys sorted beside numbers': otherText('{"b":1.0,"a":{"d":2.50,"c":null}}', () => '{"a":{"c":null,"d":2.50},"b":1.0}'),
    'null fields dropped': otherText({ ...body, memo: null }, () => JSON.stringify(body)),
    ...Object.fromEntries(
      [1, 3, 5, 6, 7, 8, 9, 12, 16].map((width) => [
        `indented by ${width}`,
        otherText(body, (text) =>
          JSON.stringify(JSON.parse(text), null, 1).replace(/^ +/gm, (spaces) => ' '.repeat(width * spaces.length)),
        ),
      ]),
    ),
  },
  'time-mismatch': {
    'without a colon in the offset': otherTime('2026-05-01T12:00:00+0800'),
    'with a space for the T': otherTime('2026-05-01 12:00:00'),
    'digits only': otherTime('20260501120000'),
    'percent-encoded': otherTime('2026-05-01T12%3A00%3A00%2B08%3A00'),
    'as HTTP writes it': otherTime('Fri, 01 May 2026 04:00:00 GMT'),
  },
  'not-base64': {
    hexadecimal: { value: (right) => Buffer.from(decodeURIComponent(right), 'base64').toString('hex') },
    'in quotes': { value: (right) => `"${right}"` },
    'with line breaks': { encoding: 'plain', value: (right) => encodeURIComponent(right.replace(/.{76}/g, '$&\n')) },
    'with spaces for +': { encoding: 'plain', value: (right) => right.replaceAll('+', ' ') },
  },
  'not-base64, body-changed': {
    'hexadecimal over another body': {
      ...otherText(body, (text) => `${text}\n`),
      value: (right) => Buffer.from(decodeURIComponent(right), 'base64').toString('hex'),
    },
  },
  'hashed-twice': {
    'the hash in Base64': { content: (right) => createHash('sha256').update(rightText(right)).digest('base64') },
    'the MD5 hash': { content: (right) => createHash('md5').update(rightText(right)).digest('hex') },
  },
  separator: { 'only the body': { content: ({ body: sent }) => sent } },
  'body-changed, path-slash': {
    'two mistakes': {
      content: (right) =>
        `${headOf({ ...right, path: right.path.slice(1) })}${JSON.stringify(JSON.parse(String(right.body)), null, 2)}`,
    },
  },
  'path-slash, time-mismatch': {
    'two mistakes': { content: (right) => rightText({ ...right, path: `${right.path}/`, time: String(Date.parse(time)) }) },
  },
  'wrong-charset, full-url': {
    'two mistakes': {
      ...inCharset(named, 'latin1'),
      content: (right) => Buffer.from(rightText({ ...right, path: emulator.url + right.path }), 'latin1'),
    },
  },
  'content-unknown': { 'nobody’s content': { content: () => 'something else' } },
};

for (const [codes, ways] of Object.entries(mistakes)) {
  describe(`the right key, and the mistake ${codes}`, () => {
    for (const [name, way] of Object.entries(ways)) {
      test(name, async () => assert.deepEqual(await codesOf(emulator, newWorld(emulator), way), [codes, codes]));
    }
  });
}

test('a path is signed with the tenant that only a header names', async () => {
  const world = newWorld(emulator);
  const way = otherPath((right) => `/t/${world.tenant.name}${right}`);
  assert.deepEqual(await codesOf(emulator, world, way), ['path-mismatch', 'path-mismatch']);
});

test('SHA-1 over the path as it was sent, with its tenant, is only a wrong hash', async () => {
  const world = newWorld(emulator);
  const target = `/t/${world.tenant.name}${path}`;
  const way: Way = { target, answerPath: path, sign: (content, key) => sign('sha1', content, key) };
  assert.deepEqual(await codesOf(emulator, world, way), ['wrong-hash', 'wrong-hash']);
});

describe('the signature of an earlier call', () => {
  test('is recognized, and the message names the call', async () => {
    const world = newWorld(emulator);
    const signature = world.faro.signature(path, Buffer.from(JSON.stringify(body)), { time });
    const headers = { Signature: `signature=${signature}` };
    assert.equal((await world.faro.call(path, body, { time, headers })).code, 'INVALID_ACCESS_TOKEN');
    const first = world.tenant.journal.list({}, 1)[0];
    const again = await world.faro.call(
      path,
      { ...body, accessToken: 'another' },
      { time: '2026-05-01T12:00:07+08:00', headers },
    );
    assert.equal(again.code, 'INVALID_SIGNATURE');
    const [mistake, ...others] = world.tenant.journal.list({}, 1)[0]?.signature?.mistakes ?? [];
    assert.deepEqual([mistake?.code, others], ['previous-call', []]);
    const said = mistake ? inEnglish(mistake.message) : '';
    assert.ok(said.includes(`POST ${path}`) && said.includes(`entry ${first?.id} `), said);
    const explained = await new Tester(emulator, world.tenant.name).post('/signatures/explain', {
      path,
      headers: { 'Client-Id': faro.clientId, 'Request-Time': time, ...headers },
      body: '{}',
    });
    assert.equal(explained.body.mistakes[0].code, 'previous-call');
  });

  test('is right for the same call again', async () => {
    const world = newWorld(emulator);
    for (let times = 0; times < 2; times++)
      assert.equal((await world.faro.call(path, body, { time })).code, 'INVALID_ACCESS_TOKEN');
  });

  test('that was refused is not named', async () => {
    const world = newWorld(emulator);
    for (let times = 0; times < 2; times++) {
      const [noted] = await codesOf(emulator, world, { content: () => 'something else' });
      assert.equal(noted, 'content-unknown');
    }
  });
});
