import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { emulatorForFile, newWorld, users, type World } from '../../testing/emulator.js';
import { MiniProgram } from '../../testing/mini-program.js';
import { Tester } from '../../testing/tester.js';

const emulator = await emulatorForFile();

function meet() {
  const world = newWorld(emulator);
  world.tenant.changeSettings({ user: users.tomas });
  return { world, tester: new Tester(emulator, world.tenant.name), page: new MiniProgram(emulator.url, world.tenant.name) };
}

async function exchange(world: World, authCode: string | undefined): Promise<string> {
  const body = { grantType: 'AUTHORIZATION_CODE', authCode };
  return (await world.aurora.call('/v2/authorizations/applyToken', body)).body.accessToken;
}

describe('scope-never-used', () => {
  const found = async (tester: Tester) =>
    (await tester.get('/findings')).body.findings
      .filter(({ code }: { code: string }) => code === 'scope-never-used')
      .flatMap(({ entries }: { entries: string[] }) => entries);

  test('is found until the code is exchanged and the scope is read', async () => {
    const { world, tester, page } = meet();
    const { authCode } = await page.getAuthCode(['USER_NAME']);
    assert.equal((await found(tester)).length, 1);
    const accessToken = await exchange(world, authCode);
    const [exchanged, asked] = await found(tester);
    assert.ok(Number(exchanged) > Number(asked), 'newest first');
    await world.userInfo(accessToken);
    assert.deepEqual(await found(tester), []);
    await page.getAuthCode(['USER_NAME']);
    assert.equal((await found(tester)).length, 1, 'an earlier read does not count after a new consent');
  });

  test('is not found for a scope that is silent or gives nothing to read', async () => {
    const { world, tester, page } = meet();
    await exchange(world, (await page.getAuthCode(['USER_ID', 'SEND_MESSAGE', 'AGREEMENT_PAY'])).authCode);
    assert.deepEqual(await found(tester), []);
  });

  test('is found if only another user’s scope was read', async () => {
    const { world, tester, page } = meet();
    await exchange(world, (await page.getAuthCode(['USER_NAME'])).authCode);
    const { accessToken } = await world.tokens({ user: users.lucia, scopes: ['USER_NAME'] });
    await world.userInfo(accessToken);
    assert.equal((await found(tester)).length, 2);
  });

  test('goes away for the scope that a declared operation uses, and for no other', async () => {
    const { world, tester, page } = meet();
    const accessToken = await exchange(world, (await page.getAuthCode(['NOTIFICATION_INBOX'])).authCode);
    assert.equal((await found(tester)).length, 2);
    await world.userInfo(accessToken);
    assert.equal((await found(tester)).length, 2);
    const { code, message } = await world.aurora.call('/v2/messages/sendInbox', { accessToken, ...inbox });
    assert.equal(code, 'SUCCESS', message);
    assert.deepEqual(await found(tester), []);
  });

  test('is not found after a call that exchanges and reads at once', async () => {
    const { world, tester, page } = meet();
    const { authCode } = await page.getAuthCode(['USER_NAME']);
    const path = '/v2/authorizations/applyTokenAndInquiryUserInfo';
    await world.aurora.call(path, { grantType: 'AUTHORIZATION_CODE', authCode });
    assert.deepEqual(await found(tester), []);
  });
});

test('scope-not-registered is found for a scope that the wallet does not have', async () => {
  const { tester, page } = meet();
  await page.getAuthCode(['USER_ID', 'NO_SUCH_SCOPE']);
  const { findings } = (await tester.get('/findings')).body;
  assert.deepEqual(
    findings.map(({ code }: { code: string }) => code),
    ['scope-not-registered'],
  );
});

const inbox = { requestId: 'r-1', templateCode: 'T1' };
