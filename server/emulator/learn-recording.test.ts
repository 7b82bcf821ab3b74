import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Profiles } from '../profiles/profiles.js';
import type { Exchange } from '../recordings/exchange.js';
import { builtInFixtures, loadFixtures } from '../records/fixtures.js';
import { mergePatchBetween } from '../schemas/merge-patch.js';
import { DialectWorld } from '../testing/dialects/dialect-world.js';
import { dialectOf } from '../testing/dialects/dialects.js';
import { emulatorForFile, users } from '../testing/emulator.js';
import { privateKey } from '../testing/merchant.js';
import { exchangeOf } from '../testing/recorded-run.js';
import { inEnglish } from '../texts/write-text.js';
import { learnRecording } from './learn-recording.js';

const profiles = new Profiles([`${builtInFixtures}/wallets`], () => 'http://127.0.0.1:4010');
const fixtures = loadFixtures(undefined);
const parent = profiles.get('platform-v2');
const world = await DialectWorld.open(await emulatorForFile(), dialectOf('platform-v2'));

type UserInfo = Record<string, unknown>;

/** A user logs in and is read. @param change what the platform sends in another way */
async function login(userId: string, scopes: string[], change: (userInfo: UserInfo) => void): Promise<Exchange[]> {
  const first = await world.exchange(await world.code(scopes, { userId }));
  const read = await world.userInfo(first.body.accessToken);
  const answer = JSON.parse(read.text);
  change(answer.userInfo);
  return [exchangeOf(first), exchangeOf({ ...read, text: JSON.stringify(answer) })];
}

/** The same calls on a platform whose users the emulator does not know. */
function ofUnknownUser(recording: readonly Exchange[]): Exchange[] {
  const other = (body: Buffer) => Buffer.from(body.toString().replaceAll(users.lucia, '2088000011112222'));
  return recording.map((exchange) => {
    const { response } = exchange;
    return response === undefined ? exchange : { ...exchange, response: { ...response, body: other(response.body) } };
  });
}

async function learned(recording: readonly Exchange[], scopes?: string[]) {
  const options = { fixtures, privateKey: privateKey('platform-development.private.pem'), scopes };
  const { source, unlearned } = await learnRecording(recording, parent, profiles, options);
  const reasons = unlearned.map(({ difference, reason }) => `${difference.place}: ${inEnglish(reason)}`);
  return { changes: mergePatchBetween(parent.source, source), reasons };
}

function rename(from: string, to: string): (userInfo: UserInfo) => void {
  return (userInfo) => {
    userInfo[to] = userInfo[from];
    delete userInfo[from];
  };
}

const scopes = ['auth_base', 'USER_NICKNAME', 'USER_GENDER'];
const renamed = (from: string, to: string, tree: string) => ({ reads: { [from]: null, [to]: tree } });

describe('a field of the user with another name, if nobody names the scopes', () => {
  test('is recognized by the data of a user whom the emulator knows', async () => {
    const recording = await login(users.lucia, scopes, rename('nickName', 'alias'));
    const { changes, reasons } = await learned(recording);
    assert.deepEqual(reasons, []);
    assert.deepEqual(changes, { scopes: { USER_NICKNAME: renamed('nickName', 'alias', '$user.nickName') } });
  });

  test('is never a constant with the data of an unknown user: the reason names --scopes, which helps', async () => {
    const recording = ofUnknownUser(await login(users.lucia, scopes, rename('nickName', 'shownNick')));
    const { changes, reasons } = await learned(recording);
    assert.deepEqual(changes, {});
    assert.equal(reasons.length, 1);
    assert.match(reasons[0] ?? '', /^response\.userInfo\.shownNick: .* with --scopes, and it is recognized$/);

    const told = await learned(recording, scopes);
    assert.deepEqual(told, {
      changes: { scopes: { USER_NICKNAME: renamed('nickName', 'shownNick', '$user.nickName') } },
      reasons: [],
    });
  });
});

describe('a field that only the platform has', () => {
  const all = parent.scopes.names();
  const add = (level: unknown) => (userInfo: UserInfo) => {
    userInfo.level = level;
  };
  const constant = (level: unknown) => ({
    operations: { inquiryUserInfo: { response: { userInfo: { $flatten: '$userInfo', level } } } },
  });

  test('is a constant if several users have the same value', async () => {
    const recording = [...(await login(users.lucia, all, add('L2'))), ...(await login(users.tomas, all, add('L2')))];
    assert.deepEqual(await learned(recording), { changes: constant('L2'), reasons: [] });
  });

  test('is no constant if one user has it, unless its value tells nothing about a person', async () => {
    const { changes, reasons } = await learned(await login(users.lucia, all, add('L2')));
    assert.deepEqual(changes, {});
    assert.match(reasons.join(), /the recording has response\.userInfo\.level of one user only, .*: record a second user/);
    assert.deepEqual(await learned(await login(users.lucia, all, add(true))), { changes: constant(true), reasons: [] });
  });

  test('is no constant if users have different values', async () => {
    const recording = [...(await login(users.lucia, all, add('L2'))), ...(await login(users.tomas, all, add('L3')))];
    const { changes, reasons } = await learned(recording);
    assert.deepEqual(changes, {});
    assert.match(reasons.join(), /the answers have different values of response\.userInfo\.level/);
  });

  test('is no constant if a user has the value elsewhere', async () => {
    const recording = await login(users.lucia, all, (userInfo) => {
      userInfo.legal = { name: (userInfo.userName as UserInfo).fullName };
    });
    const { changes, reasons } = await learned(recording);
    assert.deepEqual(changes, {});
    assert.match(reasons.join(), /response\.userInfo\.legal has data of the user/);
  });
});
