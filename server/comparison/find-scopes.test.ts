import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Profiles } from '../profiles/profiles.js';
import { builtInFixtures, loadFixtures } from '../records/fixtures.js';
import { exampleUser } from './example-user.js';
import { findScopes, userAnswer } from './find-scopes.js';
import type { JsonObject } from './json-object.js';

const profiles = new Profiles([`${builtInFixtures}/wallets`], () => 'http://127.0.0.1:4010');
const { users } = loadFixtures(undefined);

/** The scopes that are found in what a user's scopes read, and what each of the two read. */
function foundFor(wallet: string, operationName: string, scopes: string[], userId: string, change = (_: JsonObject) => {}) {
  const profile = profiles.get(wallet);
  const operation = [...profile.operations.values()].find(({ name }) => name === operationName);
  const user = users.get(userId);
  assert.ok(operation && user);
  const answer = structuredClone(userAnswer(scopes, operation, profile, user)) as JsonObject;
  change(answer);
  const found = findScopes(answer, operation, profile, exampleUser(users, profile.source.firstUser));
  return { found, answer, again: userAnswer(found, operation, profile, user) };
}

const [lucia, owen, ines] = ['1000001119398804001', '1000001119398804005', '1000001119398804010'];

describe('the scopes of a grant are found in the data', () => {
  for (const [name, wallet, operation, userId, scopes] of [
    ['only the userId', 'platform-v2', 'inquiryUserInfo', lucia, ['auth_base']],
    ['some fields', 'platform-v2', 'inquiryUserInfo', lucia, ['auth_base', 'USER_NAME', 'USER_GENDER']],
    ['masked login ids', 'platform-v2', 'inquiryUserInfo', lucia, ['auth_base', 'USER_LOGIN_ID']],
    ['whole login ids', 'platform-v2', 'inquiryUserInfo', lucia, ['auth_base', 'PLAINTEXT_USER_LOGIN_ID']],
    ['hashes beside login ids', 'platform-v2', 'inquiryUserInfo', lucia, ['auth_base', 'USER_LOGIN_ID', 'HASH_LOGIN_ID']],
    ['one type of contact', 'platform-v2', 'inquiryUserInfo', lucia, ['auth_base', 'PLAINTEXT_MOBILE_PHONE']],
    ['a user with one login id', 'platform-v2', 'inquiryUserInfo', owen, ['auth_base', 'USER_LOGIN_ID', 'HASH_LOGIN_ID']],
    ['a user with one contact', 'platform-v2', 'inquiryUserInfo', ines, ['auth_base', 'USER_CONTACTINFO']],
    [
      'scopes that overlap with a larger one',
      'claro',
      'inquiryUserInfo',
      lucia,
      ['auth_base', 'USER_NAME', 'User_Customer_Info'],
    ],
    ['fields at the top of the answer', 'toka', 'inquiryUserInfo', lucia, ['USER_ID', 'USER_AVATAR', 'USER_GENDER']],
    ['fields of an exchange', 'alipay-plus', 'applyToken', lucia, ['BASE_USER_INFO', 'USER_LOGIN_ID']],
  ] as const)
    test(name, () => {
      const { answer, again } = foundFor(wallet, operation, [...scopes], userId ?? '');
      assert.deepEqual(again, answer);
    });

  test('a field with another name', () => {
    const { found } = foundFor('platform-v2', 'inquiryUserInfo', ['auth_base', 'USER_BIRTHDAY'], lucia ?? '', (answer) => {
      const userInfo = answer.userInfo as Record<string, unknown>;
      userInfo.birthDate = userInfo.birthday;
      delete userInfo.birthday;
    });
    assert.deepEqual(found.slice(1), ['USER_BIRTHDAY']);
  });
});
