// biome-ignore-all lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits
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

  test('is found from the exchange of the code until the scope is read', async () => {
    const { world, tester, page } = meet();
    const { authCode } = await page.getAuthCode(['USER_NAME']);
    assert.deepEqual(await found(tester), [], 'nobody can use a scope before there are tokens');
    const accessToken = await exchange(world, authCode);
    const [exchanged, asked] = await found(tester);
    assert.ok(Number(exchanged) > Number(asked), 'newest first');
    await world.userInfo(accessToken);
    assert.deepEqual(await found(tester), []);
    await exchange(world, (await page.getAuthCode(['USER_NAME'])).authCode);
    assert.equal((await found(tester)).length, 2, 'an earlier read does not count after a new consent');
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

describe('a correct merchant has no findings', () => {
  const when = { operation: 'applyToken' };
  for (const then of [
    ...['EXPIRED_AUTHCODE', 'USED_AUTHCODE', 'INVALID_SIGNATURE'].map((result) => ({ result })),
    { status: 503 },
    ...['bad-signature', 'no-signature', 'stale-response-time', 'truncate', 'garbage'].map((fault) => ({ fault })),
  ])
    test(`if a scenario answers the exchange with ${JSON.stringify(then)}`, async () => {
      const { world, tester, page } = meet();
      assert.equal((await tester.post('/scenarios', { when, then })).status, 201);
      const { authCode } = await page.getAuthCode(['USER_NAME']);
      await world.aurora.call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode }).catch(() => {});
      assert.equal(world.tenant.journal.list({ operation: 'applyToken' }).length, 1);
      assert.deepEqual((await tester.get('/findings')).body.findings, []);
    });

  test('if a scenario refuses to read, or the accessToken expires first', async () => {
    const { world, tester, page } = meet();
    const reads = { operation: 'inquiryUserInfo' };
    await tester.post('/scenarios', { then: { result: 'INVALID_ACCESS_TOKEN' }, when: reads, times: 1 });
    await world.userInfo(await exchange(world, (await page.getAuthCode(['USER_NAME'])).authCode));
    const accessToken = await exchange(world, (await page.getAuthCode(['USER_NAME'])).authCode);
    await tester.post('/clock/advance', { by: 'PT48H' });
    await world.userInfo(accessToken);
    const codes = world.tenant.journal.list({ operation: 'inquiryUserInfo' }).map(({ resultCode }) => resultCode);
    assert.deepEqual(codes, ['EXPIRED_ACCESS_TOKEN', 'INVALID_ACCESS_TOKEN']);
    assert.deepEqual((await tester.get('/findings')).body.findings, []);
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
