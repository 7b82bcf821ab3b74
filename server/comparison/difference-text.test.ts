import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { quote } from '../texts/text.js';
import { inEnglish, inLanguage } from '../texts/write-text.js';
import { type Difference, differenceCodes } from './difference.js';
import { differenceText, exampleText } from './difference-text.js';

const shown = { operation: 'applyToken', place: 'response.a', exchanges: [0] };
const used = { resultCode: 'USED', resultStatus: 'F' };
const invalid = { resultCode: 'INVALID', resultStatus: 'U' };

const sentences: readonly (readonly [Difference, string])[] = [
  [
    { code: 'path-unknown', ...shown, place: '/v3/a', platform: '/v3/a', emulator: ['/v2/a'] },
    'the platform answers the path /v3/a, which the profile does not have',
  ],
  [
    { code: 'http-status', ...shown, platform: 401, emulator: 200 },
    'the platform answers with HTTP 401, and the emulator with HTTP 200',
  ],
  [
    { code: 'result-code-unknown', ...shown, platform: used, emulator: invalid },
    'the platform answers with USED (F), a result code that the profile does not have; the emulator answers with INVALID (U)',
  ],
  [
    { code: 'result-code', ...shown, platform: {}, emulator: invalid },
    'the platform answers with nothing, and the emulator with INVALID (U)',
  ],
  [
    { code: 'result-status', ...shown, platform: used, emulator: { ...used, resultStatus: 'U' } },
    'USED has the status F on the platform, and U in the profile',
  ],
  [
    {
      code: 'result-message',
      ...shown,
      platform: { resultMessage: 'success' },
      emulator: { resultMessage: 'Success.' },
    },
    'the message of a success is success on the platform, and Success. in the profile',
  ],
  [
    { code: 'response-field-missing', ...shown, platform: undefined, emulator: 'x' },
    'the platform does not send response.a; the emulator sends x',
  ],
  [
    { code: 'response-field-extra', ...shown, platform: { b: 1 }, emulator: undefined },
    'the platform sends response.a, which the profile does not have: {"b":1}',
  ],
  [
    { code: 'response-field-type', ...shown, platform: 1, emulator: '1' },
    'response.a is a number on the platform (1), and a string in the profile (1)',
  ],
  [
    { code: 'response-field-form', ...shown, platform: '1769871600000', emulator: '1990-12-01' },
    'response.a has another form: milliseconds since the epoch on the platform (1769871600000), a date as YYYY-MM-DD in the profile (1990-12-01)',
  ],
  [
    { code: 'response-field-length', ...shown, platform: 'abc', emulator: 'abcde' },
    'response.a has 3 characters on the platform, and 5 in the profile',
  ],
  [
    { code: 'array-order', ...shown, platform: ['EMAIL', 'PHONE'], emulator: ['PHONE', 'EMAIL'] },
    'response.a has the order EMAIL, PHONE on the platform, and PHONE, EMAIL in the profile',
  ],
  [
    { code: 'scope-reads', ...shown, scopes: ['USER_NAME'], platform: 'x y', emulator: undefined },
    'the platform sends response.a for USER_NAME, and the profile reads no such field: "x y"',
  ],
  [
    { code: 'scope-reads', ...shown, scopes: ['USER_NAME'], platform: undefined, emulator: 'x' },
    'the platform does not send response.a for USER_NAME, which the profile reads: x',
  ],
  [
    { code: 'scope-reads', ...shown, scopes: ['A', 'B', 'C', 'D', 'E'], platform: 1, emulator: undefined },
    'the platform sends response.a for A, B, C, D, …, and the profile reads no such field: 1',
  ],
  [
    { code: 'lifetime', ...shown, place: 'accessToken', platform: 'PT1H', emulator: 'PT2H' },
    'the lifetime of the accessToken is PT1H on the platform, and PT2H in the profile',
  ],
  [
    { code: 'refresh-old-pair', ...shown, place: 'accessToken', platform: true, emulator: false },
    'after a refresh, the old accessToken still works on the platform, and not in the profile',
  ],
  [
    { code: 'refresh-old-pair', ...shown, place: 'refreshToken', platform: false, emulator: true },
    'after a refresh, the old refreshToken no longer works on the platform, and still works in the profile',
  ],
  [
    {
      code: 'request-field-refused',
      ...shown,
      place: 'request.appId',
      platform: undefined,
      emulator: 'appId is missing',
      reason: quote('appId is missing'),
    },
    'the platform accepts request.appId as it is here (nothing), and the profile refuses it: appId is missing',
  ],
  [
    { code: 'request-field-accepted', ...shown, place: 'request.appId', platform: 'illegal appId', emulator: 'a1' },
    'the platform refuses request.appId as it is here (a1), and the profile accepts it: illegal appId',
  ],
  [
    { code: 'header-missing', ...shown, place: 'client-id', platform: undefined, emulator: 'c1' },
    'the platform does not send the header client-id; the emulator sends c1',
  ],
  [
    { code: 'header-extra', ...shown, place: 'x-id', platform: '7', emulator: undefined },
    'the platform sends the header x-id, which the emulator does not send: 7',
  ],
  [
    { code: 'header-case', ...shown, platform: 'Client-Id', emulator: 'client-id' },
    'the platform writes the header as Client-Id, and the emulator as client-id',
  ],
  [
    { code: 'header-value', ...shown, place: 'content-type', platform: 'a/b', emulator: 'c/d' },
    'the header content-type is a/b on the platform, and c/d in the emulator',
  ],
  [
    { code: 'signature-missing', ...shown, place: 'response', platform: undefined, emulator: 'RSA256' },
    'the response has no signature on the platform; the emulator signs it with RSA256',
  ],
  [
    { code: 'signature-encoding', ...shown, place: 'response', platform: 'plain', emulator: 'percent' },
    'the signature of the response is encoded as plain on the platform, and as percent in the profile',
  ],
  [
    { code: 'signature-algorithm', ...shown, place: 'response', platform: 'RS256', emulator: 'RSA256' },
    'the algorithm in the signature of the response is called RS256 on the platform, and RSA256 in the profile',
  ],
  [
    { code: 'signature-content', ...shown, place: 'request', platform: '{time}.{body}', emulator: '{path}\n{body}' },
    'the signature of the request covers {time}.{body} on the platform, and {path}\\n{body} in the profile',
  ],
  [
    { code: 'signature-unverified', ...shown, place: 'request', platform: undefined, emulator: '{body}' },
    'the signature of the request does not verify with the given key: neither over {body}, as in the profile, nor over a content that others sign',
  ],
];

describe('a difference', () => {
  for (const [difference, sentence] of sentences)
    test(`is a sentence: ${sentence}`, () => {
      assert.equal(inEnglish(differenceText(difference)), sentence);
      assert.match(inLanguage(differenceText(difference), 'es'), / (la|el|en) /);
    });

  test('has a sentence for each code', () => {
    assert.deepEqual(new Set(sentences.map(([{ code }]) => code)), new Set(differenceCodes));
  });
});

test('an example is cut if it is long', () => {
  assert.equal(exampleText('x'.repeat(101)), `${'x'.repeat(99)}…`);
  assert.equal(exampleText('x'.repeat(100)), 'x'.repeat(100));
});
