import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aurora, emulatorForFile, newWorld, openTestEmulator, scratchFolder, users, World } from '../testing/emulator.js';

const racers = 60;

function count(codes: string[]): Record<string, number> {
  const counted: Record<string, number> = {};
  for (const code of codes) counted[code] = (counted[code] ?? 0) + 1;
  return counted;
}

async function race(world: World, path: string, body: object): Promise<Record<string, number>> {
  const answers = await Promise.all(Array.from({ length: racers }, () => world.aurora.call(path, body)));
  assert.equal(new Set(answers.flatMap((answer) => answer.body.accessToken ?? [])).size, 1, 'one pair was given out');
  return count(answers.map(({ code }) => code));
}

for (const [where, emulator] of [
  ['in memory', await emulatorForFile()],
  ['with a data folder', await emulatorForFile({ data: scratchFolder() })],
] as const) {
  describe(`${racers} at once, ${where}`, () => {
    for (const path of ['/v2/authorizations/applyToken', '/v2/authorizations/applyTokenAndInquiryUserInfo']) {
      test(`exchange a code at ${path}: one wins`, async () => {
        const world = newWorld(emulator);
        const body = { grantType: 'AUTHORIZATION_CODE', authCode: await world.code() };
        assert.deepEqual(await race(world, path, body), { SUCCESS: 1, USED_AUTHCODE: racers - 1 });
        assert.equal((await world.tenant.store.grants()).length, 1);
      });

      test(`use a refresh token at ${path}: one wins`, async () => {
        const world = newWorld(emulator);
        const { refreshToken } = await world.tokens();
        assert.deepEqual(await race(world, path, { grantType: 'REFRESH_TOKEN', refreshToken }), {
          SUCCESS: 1,
          USED_REFRESH_TOKEN: racers - 1,
        });
      });
    }

    test('revoke a token: one succeeds, and the others get INVALID_ACCESS_TOKEN', async () => {
      const world = newWorld(emulator);
      const { accessToken } = await world.tokens();
      const answers = await Promise.all(Array.from({ length: racers }, () => world.revoke(accessToken)));
      const counted = count(answers.map(({ code }) => code));
      assert.ok(
        (counted.SUCCESS ?? 0) >= 1 && (counted.SUCCESS ?? 0) + (counted.INVALID_ACCESS_TOKEN ?? 0) === racers,
        JSON.stringify(counted),
      );
      assert.equal((await world.userInfo(accessToken)).code, 'INVALID_ACCESS_TOKEN');
    });

    test('different codes do not disturb each other', async () => {
      const world = newWorld(emulator);
      const codes = await Promise.all(Array.from({ length: racers }, () => world.code()));
      const answers = await Promise.all(
        codes.map((authCode) =>
          world.aurora.call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode }),
        ),
      );
      assert.deepEqual(count(answers.map(({ code }) => code)), { SUCCESS: racers });
      assert.equal(new Set(answers.flatMap(({ body }) => [body.accessToken, body.refreshToken])).size, 2 * racers);
    });
  });
}

for (const data of [undefined, scratchFolder()]) {
  test(`withdrawing a consent during exchanges leaves no live token, ${data === undefined ? 'in memory' : 'on disk'}`, async () => {
    const emulator = await openTestEmulator(data === undefined ? {} : { data });
    const world = new World(emulator.url, emulator.tenants.default);
    const { tenant } = world;
    const given: string[] = [];
    for (let round = 0; round < 10; round++) {
      await tenant.store.rememberConsent({ userId: users.tomas, ...aurora, scopes: { USER_NAME: 1 } });
      const codes = await Promise.all(Array.from({ length: 20 }, () => world.code({ scopes: ['USER_NAME'] })));
      let isWithdrawn = false;
      const exchange = async (authCode: string) => {
        const wasWithdrawn = isWithdrawn;
        const { code, body } = await world.aurora.call('/v2/authorizations/applyToken', {
          grantType: 'AUTHORIZATION_CODE',
          authCode,
        });
        assert.ok(code === 'SUCCESS' || code === 'INVALID_AUTHCODE', code);
        assert.ok(!(wasWithdrawn && code === 'SUCCESS'), 'a call after the 204 got tokens');
        if (code === 'SUCCESS') given.push(body.accessToken);
      };
      const first = codes.slice(0, 15).map(exchange);
      const url = `/_emulator/consents/${users.tomas}.${aurora.appId}`;
      const { statusCode } = await emulator.app.inject({ method: 'DELETE', url });
      assert.equal(statusCode, 204);
      isWithdrawn = true;
      await Promise.all([...first, ...codes.slice(15).map(exchange)]);
    }
    for (const accessToken of given) assert.equal((await world.userInfo(accessToken)).code, 'INVALID_ACCESS_TOKEN');
    await emulator.close();
  });
}
