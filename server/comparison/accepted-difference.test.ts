import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { type AcceptedDifference, divideDifferences, entryFor } from './accepted-difference.js';
import type { Comparison } from './compare.js';
import type { Difference } from './difference.js';

const exchanges = [0];
const header: Difference = {
  code: 'header-extra',
  operation: undefined,
  place: 'wallet-node',
  platform: 'n7',
  emulator: undefined,
  exchanges,
};
const lifetime = (platform: string): Difference => ({
  code: 'lifetime',
  operation: 'applyToken',
  place: 'accessToken',
  platform,
  emulator: 'PT2H',
  exchanges,
});
const result = (platform: string, outcome: string): Difference => ({
  code: 'result-code',
  operation: 'inquiryUserInfo',
  place: 'response.result.resultCode',
  platform: { resultCode: platform, resultStatus: 'F', resultMessage: 'the example of this recording' },
  emulator: { outcome },
  exchanges,
});
const form = (platform: string): Difference => ({
  code: 'response-field-form',
  operation: 'applyToken',
  place: 'response.accessTokenExpiryTime',
  platform,
  emulator: '2026-03-01T14:00:00+08:00',
  exchanges,
});
const reads = (platform: unknown, emulator: unknown): Difference => ({
  code: 'scope-reads',
  operation: 'inquiryUserInfo',
  place: 'response.userInfo.nickName',
  platform,
  emulator,
  exchanges,
});

function divide(differences: Difference[], entries: AcceptedDifference[], operations = ['applyToken', 'inquiryUserInfo']) {
  const calls = operations.map((operation) => ({ operation })) as Comparison['calls'];
  return divideDifferences({ differences, calls, ignored: 0 }, entries);
}

describe('accepted differences', () => {
  const known = [
    header,
    lifetime('PT20M'),
    result('ACCESS_DENIED', 'access-token-unknown'),
    form('1772344800'),
    reads('Lu', undefined),
  ];
  const entries = known.map((difference) => entryFor(difference, 'a reason'));

  test('the entry of a difference has no example of the recording', () => {
    assert.deepEqual(entries, [
      { code: 'header-extra', place: 'wallet-node', why: 'a reason' },
      { code: 'lifetime', operation: 'applyToken', place: 'accessToken', platform: 'PT20M', why: 'a reason' },
      {
        code: 'result-code',
        operation: 'inquiryUserInfo',
        place: 'response.result.resultCode',
        platform: 'ACCESS_DENIED (F)',
        emulator: 'access-token-unknown',
        why: 'a reason',
      },
      {
        code: 'response-field-form',
        operation: 'applyToken',
        place: 'response.accessTokenExpiryTime',
        platform: 'epoch-s',
        why: 'a reason',
      },
      {
        code: 'scope-reads',
        operation: 'inquiryUserInfo',
        place: 'response.userInfo.nickName',
        emulator: 'nothing',
        why: 'a reason',
      },
    ]);
  });

  test('are divided from the others, each with its entry', () => {
    const other = lifetime('PT10M');
    const { others, accepted, gone } = divide([...known, other], entries);
    assert.deepEqual(others, [other]);
    assert.deepEqual(
      accepted,
      known.map((difference, index) => ({ difference, entry: entries[index] })),
    );
    assert.deepEqual(gone, []);
  });

  for (const [what, difference] of [
    ['another place', { ...header, place: 'x-node' }],
    ['another operation', { ...lifetime('PT20M'), operation: 'refreshToken' }],
    ['another code', result('PARAM_ILLEGAL', 'access-token-unknown')],
    ['the same code for another outcome', result('ACCESS_DENIED', 'done')],
    ['another form', form('2026-03-01T14:00:00Z')],
    ['the other side', reads(undefined, 'Lu')],
  ] as [string, Difference][])
    test(`a difference with ${what} is not accepted`, () => {
      assert.deepEqual(divide([difference], entries).others, [difference]);
    });

  test('a field that an entry leaves out stands for any value', () => {
    const [first, second] = [result('A', 'done'), result('B', 'access-denied')];
    const entry: AcceptedDifference = { code: 'result-code', why: 'the sandbox is old' };
    assert.deepEqual(divide([first, second, header], [entry]).others, [header]);
  });

  test('an entry without a difference is gone, if the recording has a call of its operation', () => {
    assert.deepEqual(divide([header], entries).gone, entries.slice(1));
    assert.deepEqual(divide([], entries, ['applyToken']).gone, [entries[0], entries[1], entries[3]]);
  });
});
