import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compareRecording } from '../emulator/compare-recording.js';
import { Profiles } from '../profiles/profiles.js';
import type { Exchange, Header } from '../recordings/exchange.js';
import { builtInFixtures, loadFixtures } from '../records/fixtures.js';
import { privateKey } from '../testing/merchant.js';
import { TextError } from '../texts/text-error.js';
import { inLanguage } from '../texts/write-text.js';
import { differenceText } from './difference-text.js';

const profiles = new Profiles([`${builtInFixtures}/wallets`], () => 'http://127.0.0.1:4010');
const fixtures = loadFixtures(undefined);
const signingKey = privateKey('platform-development.private.pem');

const paths = [...profiles.get('platform-v2').operations.keys(), '/v3/users/inquiryUserInfo', '/', '/x/applyToken.htm'];
const names = [
  'authCode',
  'accessToken',
  'refreshToken',
  'grantType',
  'appId',
  'scopes',
  'userInfo',
  'contactInfos',
  'result',
  'a',
];
const value = fc.oneof(
  { depthSize: 'small' },
  fc.constantFrom('', 'AUTHORIZATION_CODE', 'REFRESH_TOKEN', 'token-1', 'token-2', '2026-01-31T10:00:00Z', '__proto__', null),
  fc.string(),
  fc.integer(),
  fc.boolean(),
);
const tree = fc.letrec<{ any: unknown; object: object }>((tie) => ({
  any: fc.oneof({ depthSize: 'small', withCrossShrink: true }, value, tie('object'), fc.array(tie('any'), { maxLength: 3 })),
  object: fc.dictionary(fc.oneof(fc.constantFrom(...names), fc.string()), tie('any'), { maxKeys: 5 }),
}));
const result = fc.record({
  resultCode: fc.oneof(fc.constantFrom('SUCCESS', 'USED_AUTHCODE', 'PARAM_ILLEGAL', 'INVALID_SIGNATURE', 'NEW_CODE'), value),
  resultStatus: fc.constantFrom('S', 'F', 'U', 'A', 1, null),
  resultMessage: value,
});
const answer = fc.oneof(
  fc.tuple(result, tree.object).map(([given, rest]) => JSON.stringify({ ...rest, result: given })),
  tree.any.map((any) => JSON.stringify(any) ?? ''),
  fc.string(),
);
const header: fc.Arbitrary<Header> = fc.tuple(
  fc.constantFrom('Client-Id', 'client-id', 'Signature', 'Request-Time', 'Response-Time', 'Content-Type', 'Agent-Token', 'X'),
  fc.oneof(
    fc.constantFrom(
      'application/json',
      '2026-01-31T10:00:00Z',
      '1769871600000',
      'algorithm=RSA256, keyVersion=1, signature=YQ%3D%3D',
    ),
    fc.string(),
  ),
);
const exchange: fc.Arbitrary<Exchange> = fc.record({
  at: fc.constantFrom(0, 1_769_871_600_000, -1),
  durationMs: fc.constant(1),
  request: fc.record({
    method: fc.constantFrom('POST', 'GET', 'x'),
    url: fc.constantFrom(...paths).map((path) => `https://sandbox.example${path}`),
    headers: fc.array(header, { maxLength: 6 }),
    body: tree.any.map((any) => Buffer.from(JSON.stringify(any) ?? '')),
  }),
  response: fc.option(
    fc.record({
      status: fc.constantFrom(200, 404, 500),
      headers: fc.array(header, { maxLength: 6 }),
      body: answer.map((written) => Buffer.from(written)),
    }),
    { nil: undefined },
  ),
  notification: fc.boolean(),
});

test('any recording gives sentences, or a reason', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(exchange, { minLength: 1, maxLength: 6 }),
      fc.constantFrom('platform-v2', 'toka', 'alipay-plus', 'superqi'),
      async (recording, wallet) => {
        try {
          const profile = profiles.get(wallet);
          const { differences } = await compareRecording(recording, { profile, fixtures, privateKey: signingKey });
          for (const difference of differences)
            for (const lang of ['en', 'es']) assert.ok(inLanguage(differenceText(difference), lang).length > 10);
        } catch (error) {
          assert.ok(error instanceof TextError, String((error as Error).stack));
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('an answer that is nested very deeply is no JSON of a wallet', async () => {
  const deep = `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`;
  const recording: Exchange[] = [
    {
      at: 0,
      durationMs: 1,
      request: { method: 'POST', url: 'https://sandbox.example/v2/users/inquiryUserInfo', headers: [], body: Buffer.from(deep) },
      response: { status: 500, headers: [], body: Buffer.from(deep) },
      notification: false,
    },
  ];
  const { differences } = await compareRecording(recording, { profile: profiles.get('mpesa'), fixtures, privateKey: signingKey });
  assert.deepEqual(
    differences.map(({ code }) => code),
    ['http-status'],
  );
});
