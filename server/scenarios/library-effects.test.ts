import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aurora, emulatorForFile, newWorld, type World } from '../testing/emulator.js';
import type { Received } from '../testing/merchant.js';
import { MiniProgram } from '../testing/mini-program.js';
import { Tester } from '../testing/tester.js';
import { library } from './library.js';

const emulator = await emulatorForFile();

/** The result of each call, if nothing is wrong. `screen` is the screen of an authorization that the merchant's server prepared. */
const fine = {
  getAuthCode: 'the user is asked',
  exchange: 'SUCCESS',
  inquiryUserInfo: 'SUCCESS',
  refresh: 'SUCCESS',
  revoke: 'SUCCESS',
  prepare: 'SUCCESS',
  screen: 'the user is asked',
};
const everyServerCall = (result: string) => ({
  exchange: result,
  inquiryUserInfo: result,
  refresh: result,
  revoke: result,
  prepare: result,
});
const everyApplyToken = (result: string) => ({ exchange: result, refresh: result });
const suspended = { getAuthCode: 'error 4', ...everyServerCall('INVALID_AUTH_CLIENT_STATUS'), screen: 'no authCode' };

/** The results that each scenario changes. */
const changes: Record<string, Partial<typeof fine>> = {
  'user-refuses': { getAuthCode: 'error 11', screen: 'no authCode' },
  'user-refuses-one-scope': { getAuthCode: 'authCode without USER_NAME', screen: 'authCode' },
  'user-closes': { getAuthCode: 'error 1001', screen: 'no authCode' },
  'user-agrees': { getAuthCode: 'authCode', screen: 'authCode' },
  'wallet-fails': { getAuthCode: 'error 1005', screen: 'no authCode' },
  'code-expired': { exchange: 'EXPIRED_AUTHCODE' },
  'code-unknown': { exchange: 'INVALID_AUTHCODE' },
  'code-used-twice': { exchange: 'USED_AUTHCODE' },
  'token-dies-at-once': { exchange: 'SUCCESS, expired access token' },
  'token-expired': { inquiryUserInfo: 'EXPIRED_ACCESS_TOKEN' },
  'token-revoked': { inquiryUserInfo: 'INVALID_ACCESS_TOKEN' },
  'refresh-token-stolen': { refresh: 'USED_REFRESH_TOKEN' },
  'refresh-token-too-old': { refresh: 'EXPIRED_REFRESH_TOKEN' },
  'platform-signs-wrongly': everyServerCall('signature does not verify'),
  'platform-does-not-sign': everyServerCall('signature does not verify'),
  'old-answer': everyServerCall('SUCCESS, a day old'),
  'platform-down': everyServerCall('Service Unavailable'),
  'connection-breaks': everyApplyToken('ECONNRESET'),
  'answer-cut-off': everyApplyToken('ECONNRESET'),
  'answer-garbled': everyApplyToken('signature does not verify'),
  'traffic-limit': everyServerCall('REQUEST_TRAFFIC_EXCEED_LIMIT'),
  'merchant-suspended': suspended,
  'signature-refused': everyServerCall('INVALID_SIGNATURE'),
  'unknown-exception': everyServerCall('UNKNOWN_EXCEPTION'),
  'platform-fails': everyServerCall('PROCESS_FAIL'),
};
/** These take seconds of the machine's time. faults-and-delays.test.ts tests a hang and a delay. */
const slow = ['slow-platform', 'no-answer'];

describe('the effect of a library scenario on each call', () => {
  for (const { name } of library.filter((known) => !slow.includes(known.name))) {
    test(name, async () => {
      assert.ok(changes[name], 'add the scenario to this table');
      const add = async ({ tenant }: World) => {
        const tester = new Tester(emulator, tenant.name);
        assert.equal((await tester.post('/scenarios', { library: name })).status, 201);
      };
      assert.deepEqual(await resultsAfter(add), { ...fine, ...changes[name] });
    });
  }
});

test('without a scenario, every call succeeds', async () => {
  assert.deepEqual(await resultsAfter(async () => {}), fine);
});

test('merchant-suspended does the same as the status SUSPENDED of the client', async () => {
  assert.deepEqual(await resultsAfter(async (world) => world.changeClient(aurora.clientId, { status: 'SUSPENDED' })), {
    ...fine,
    ...suspended,
  });
});

/** Makes each call once, with a code or token that was issued before the change. */
async function resultsAfter(change: (world: World) => Promise<void>): Promise<typeof fine> {
  const world = newWorld(emulator);
  const back = 'http://localhost:3000/callback';
  const prepare = () => world.aurora.call('/v1/authorizations/prepare', { authRedirectUrl: back });
  const authCode = await world.code();
  const tokens = { read: await world.tokens(), refresh: await world.tokens(), revoke: await world.tokens() };
  const { authUrl } = (await prepare()).body as unknown as { authUrl: string };
  await change(world);
  const exchange = () => world.aurora.call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode });
  return {
    getAuthCode: await askedFor(world, ['USER_NAME', 'USER_AVATAR']),
    exchange: await resultOf(exchange),
    inquiryUserInfo: await resultOf(() => world.userInfo(tokens.read.accessToken)),
    refresh: await resultOf(() => world.refresh(tokens.refresh.refreshToken)),
    revoke: await resultOf(() => world.revoke(tokens.revoke.accessToken)),
    prepare: await resultOf(prepare),
    screen: await shown(authUrl),
  };
}

async function askedFor({ tenant }: World, scopes: string[]): Promise<string> {
  const { sheet, result } = await new MiniProgram(emulator.url, tenant.name).call('getAuthCode', { scopes });
  if (sheet !== undefined) return 'the user is asked';
  if (result.authCode === undefined) return `error ${result.error}`;
  const refused = Object.keys(result.authErrorScopes ?? {});
  return refused.length === 0 ? 'authCode' : `authCode without ${refused.join(', ')}`;
}

async function shown(authUrl: string): Promise<string> {
  const response = await fetch(authUrl, { redirect: 'manual' });
  if (response.status === 200) return 'the user is asked';
  if (response.status === 410) return 'no authCode';
  return new URL(response.headers.get('location') ?? '').searchParams.has('authCode') ? 'authCode' : 'no authCode';
}

async function resultOf(call: () => Promise<Received>): Promise<string> {
  try {
    const { code, body, headers } = await call();
    const answeredAt = Date.parse(String(headers['response-time']));
    if (Date.now() - answeredAt > 23 * 3_600_000) return `${code}, a day old`;
    return Date.parse(body.accessTokenExpiryTime) <= answeredAt ? `${code}, expired access token` : code;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== 'ERR_ASSERTION') return code ?? message;
    return /signature does not verify|^Service Unavailable/.exec(message)?.[0] ?? message;
  }
}
