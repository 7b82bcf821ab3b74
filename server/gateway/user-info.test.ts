import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, test } from 'node:test';
import { aurora, emulatorForFile, newWorld, users, type World } from '../testing/emulator.js';
import { inEnglish } from '../texts/write-text.js';

const emulator = await emulatorForFile();

const phone = '+18095550142';
const email = 'tomas.arrieta@example.com';
const verified = { extendInfo: '{"verified":true}' };
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const masked = { phone: '+180****0142', email: 't***@example.com' };

const address = {
  addressType: 'HOME',
  region: 'DO',
  state: 'Distrito Nacional',
  city: 'Santo Domingo',
  area: 'Gazcue',
  address1: 'Calle del Almirante Viejo 37',
  zipCode: '10205',
  contactName: 'Tomás Arrieta',
};
const maskedLoginIds = [
  { loginId: masked.phone, loginIdType: 'MOBILE_PHONE', maskLoginId: masked.phone, ...verified },
  { loginId: masked.email, loginIdType: 'EMAIL', maskLoginId: masked.email },
];

/** The fields of Tomás that each scope reads, in addition to the userId (the protocol's table). */
const reads: Record<string, Record<string, unknown>> = {
  auth_base: {},
  USER_ID: {},
  USER_NICKNAME: { nickName: 'Tomi' },
  USER_NAME: {
    userName: {
      fullName: 'Tomás Andrés Gael Arrieta Quintanal',
      firstName: 'Tomás',
      secondName: 'Andrés',
      lastName: 'Arrieta Quintanal',
    },
  },
  USER_LOGIN_ID: { loginIdInfos: maskedLoginIds },
  PLAINTEXT_USER_LOGIN_ID: {
    loginIdInfos: [
      { loginId: phone, loginIdType: 'MOBILE_PHONE', ...verified },
      { loginId: email, loginIdType: 'EMAIL' },
    ],
  },
  HASH_LOGIN_ID: { loginIdInfos: [{ hashLoginId: sha256(phone) }, { hashLoginId: sha256(email) }] },
  USER_AVATAR: { avatar: `${emulator.url}/wallet/files/avatars/tomas.png` },
  USER_GENDER: { gender: 'MALE' },
  USER_BIRTHDAY: { birthday: '1986-11-02' },
  USER_NATIONALITY: { nationality: 'DO' },
  USER_CONTACTINFO: {
    contactInfos: [
      { contactType: 'MOBILE_PHONE', contactNo: phone, ...verified },
      { contactType: 'EMAIL', contactNo: email },
    ],
  },
  USER_ADDRESS: { addresses: [address] },
  PLAINTEXT_MOBILE_PHONE: { contactInfos: [{ contactType: 'MOBILE_PHONE', contactNo: phone, ...verified }] },
};
const profile = [
  'USER_NICKNAME',
  'USER_NAME',
  'USER_LOGIN_ID',
  'USER_AVATAR',
  'USER_GENDER',
  'USER_BIRTHDAY',
  'USER_NATIONALITY',
  'USER_CONTACTINFO',
  'USER_ADDRESS',
];
const forMessages = ['SEND_MESSAGE', 'NOTIFICATION_INBOX', 'NOTIFICATION_PUSH', 'AGREEMENT_PAY'];

async function read(world: World, scopes: string[], user = users.tomas): Promise<Record<string, unknown>> {
  const { accessToken } = await world.tokens({ scopes, user });
  const { code, body } = await world.userInfo(accessToken);
  assert.equal(code, 'SUCCESS');
  return body.userInfo;
}

describe('what a scope lets a server read', () => {
  const world = newWorld(emulator);

  for (const [scope, fields] of Object.entries(reads)) {
    test(`${scope}: ${Object.keys(fields).join() || 'only the userId'}`, async () => {
      assert.deepEqual(await read(world, [scope]), { userId: users.tomas, ...fields });
    });
  }

  test('the profile knows these scopes and no others', () => {
    assert.deepEqual(world.tenant.profile.scopes.names().sort(), [...Object.keys(reads), 'auth_user', ...forMessages].sort());
  });

  test('auth_user reads the whole profile, without plaintext and hash', async () => {
    const all = Object.assign({ userId: users.tomas }, ...profile.map((scope) => reads[scope]));
    assert.deepEqual(await read(world, ['auth_user']), all);
  });

  test('several scopes read all that they cover', async () => {
    assert.deepEqual(await read(world, ['USER_NICKNAME', 'USER_GENDER', 'SEND_MESSAGE']), {
      userId: users.tomas,
      nickName: 'Tomi',
      gender: 'MALE',
    });
  });

  test('PLAINTEXT_USER_LOGIN_ID and USER_LOGIN_ID, in either order: each entry has the whole and the masked login id', async () => {
    const expected = [
      { ...maskedLoginIds[0], loginId: phone },
      { ...maskedLoginIds[1], loginId: email },
    ];
    for (const scopes of [
      ['USER_LOGIN_ID', 'PLAINTEXT_USER_LOGIN_ID'],
      ['PLAINTEXT_USER_LOGIN_ID', 'auth_user'],
    ]) {
      assert.deepEqual((await read(world, scopes)).loginIdInfos, expected);
    }
  });

  test('HASH_LOGIN_ID and USER_LOGIN_ID: each entry has both', async () => {
    const { loginIdInfos } = await read(world, ['USER_LOGIN_ID', 'HASH_LOGIN_ID']);
    assert.deepEqual(loginIdInfos, [
      { ...maskedLoginIds[0], hashLoginId: sha256(phone) },
      { ...maskedLoginIds[1], hashLoginId: sha256(email) },
    ]);
  });

  test('a field that the user does not have is left out', async () => {
    const info = await read(world, ['auth_user', 'PLAINTEXT_MOBILE_PHONE'], users.owen);
    assert.ok(!('addresses' in info));
    assert.deepEqual(info.userName, { fullName: 'Owen Tarrant', firstName: 'Owen', lastName: 'Tarrant' });
    world.tenant.put('user', 'bare', { userId: 'bare', name: 'Bare' });
    assert.deepEqual(await read(world, ['auth_user', 'HASH_LOGIN_ID', 'PLAINTEXT_MOBILE_PHONE'], 'bare'), { userId: 'bare' });
  });

  test('an empty field is left out too, at any depth', async () => {
    world.tenant.put('user', 'gaps', {
      userId: 'gaps',
      name: 'Gaps',
      addresses: [{ region: 'DO', address2: '', zipCode: null, more: { floor: '', door: 4 } }],
      loginIdInfos: [{ loginId: 'a', loginIdType: 'EMAIL', extendInfo: '' }],
    });
    assert.deepEqual(await read(world, ['USER_ADDRESS'], 'gaps'), {
      userId: 'gaps',
      addresses: [{ region: 'DO', more: { door: 4 } }],
    });
  });

  test('ACCESS_DENIED if no granted scope reads anything', async () => {
    for (const scopes of [...forMessages.map((scope) => [scope]), forMessages]) {
      const { accessToken } = await world.tokens({ scopes });
      const { code, message } = await world.userInfo(accessToken);
      assert.equal(code, 'ACCESS_DENIED');
      assert.ok(message.includes(scopes[0] as string), message);
    }
  });

  test('a change of the user shows in the next call', async () => {
    const { accessToken } = await world.tokens({ scopes: ['USER_NICKNAME'], user: 'bare' });
    world.tenant.put('user', 'bare', { userId: 'bare', name: 'Bare', nickName: 'B' });
    assert.deepEqual((await world.userInfo(accessToken)).body.userInfo, { userId: 'bare', nickName: 'B' });
  });
});

test('inquiryUserBasicInfo leaves out every extendInfo, and nothing else', async () => {
  const world = newWorld(emulator);
  const { accessToken } = await world.tokens({ scopes: ['auth_user'] });
  const { body: whole } = await world.userInfo(accessToken);
  const { body: basic } = await world.aurora.call('/v2/users/inquiryUserBasicInfo', { accessToken, appId: aurora.appId });
  assert.ok(JSON.stringify(whole.userInfo).includes('extendInfo'));
  const without = JSON.parse(JSON.stringify(whole.userInfo), (key, value) => (key === 'extendInfo' ? undefined : value));
  assert.deepEqual(basic.userInfo, without);
});

test('the reason names the scopes that read nothing, and the fields that the user lacks', async () => {
  const world = newWorld(emulator);
  const { tenant } = world;
  tenant.put('user', 'bare', { userId: 'bare', name: 'Bare', nickName: 'Bare' });
  const { accessToken } = await world.tokens({ user: 'bare', scopes: ['USER_ID', 'USER_NICKNAME', 'USER_NAME'] });
  await world.userInfo(accessToken);
  const reason = tenant.journal.list({}, 1)[0]?.reason;
  assert.match(
    inEnglish(reason as never),
    /, which read userId, nickName\. USER_NAME read nothing: the user has no userName; add it on the page Users, or in users\.json$/,
  );
});
