// biome-ignore-all lint/suspicious/noThenProperty: `then` is the users' word for it (contract), in data that nobody awaits
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, test } from 'node:test';
import { outcomeNames } from '../engine/outcomes.js';
import { builtInFixtures } from '../records/fixtures.js';
import { findScenarioProblem } from '../tenants/check-scenario.js';
import { emulatorForFile, newWorld, type World } from '../testing/emulator.js';
import { MiniProgram } from '../testing/mini-program.js';
import { Tester } from '../testing/tester.js';
import { library } from './library.js';

const emulator = await emulatorForFile();
const wallets = readdirSync(join(builtInFixtures, 'wallets')).map((file) => basename(file, '.json'));

test('every scenario of the library fits every wallet, and no name is a result code', () => {
  assert.equal(new Set(library.map(({ name }) => name)).size, library.length);
  for (const wallet of wallets) {
    const { profile } = emulator.tenants.get(wallet);
    for (const { name, scenario } of library) {
      assert.equal(findScenarioProblem(profile, scenario), undefined, `${wallet} ${name}`);
      assert.ok(!outcomeNames.some((outcome) => outcome === name || profile.codes[outcome].code === name), name);
    }
  }
});

test('user-refuses works in a wallet without my.getAuthCode', async () => {
  const tester = new Tester(emulator, 'toka');
  await tester.post('/scenarios', { library: 'user-refuses' });
  const page = new MiniProgram(emulator.url, 'toka');
  const { ok, result } = await page.call('getUserPersonalInformationAuthCode', { scopes: ['USER_NAME'] });
  assert.deepEqual([ok, result.resultCode], [false, 10006]);
});

/** Signs in: authorization, exchange, user, refresh, user again. @returns what each step ended in */
async function signIn(world: World): Promise<string[]> {
  const page = new MiniProgram(emulator.url, world.tenant.name);
  const { authCode, error, authErrorScopes = {} } = await page.getAuthCode(['USER_NAME', 'USER_AVATAR']);
  if (authCode === undefined) return [`error ${error}`];
  const refusals = Object.keys(authErrorScopes).map((scope) => `without ${scope}`);
  const exchanged = await heardFrom(() =>
    world.aurora.call('/v2/authorizations/applyToken', { grantType: 'AUTHORIZATION_CODE', authCode }),
  );
  const [code, tokens] = exchanged;
  if (tokens === undefined) return [...refusals, code];
  const [read] = await heardFrom(() => world.userInfo(tokens.accessToken));
  const [refreshed] = await heardFrom(() => world.refresh(tokens.refreshToken));
  return [...refusals, code, read, refreshed];
}

async function heardFrom(call: () => ReturnType<World['userInfo']>) {
  try {
    const { code, body } = await call();
    return [code, code === 'SUCCESS' ? body : undefined] as const;
  } catch (error) {
    const { code, name, message } = error as NodeJS.ErrnoException;
    return [code === 'ERR_ASSERTION' ? (message.split('\n')[0]?.slice(0, 40) ?? name) : (code ?? name)] as const;
  }
}

describe('the effect of each scenario on a sign-in', () => {
  const fine = ['SUCCESS', 'SUCCESS', 'SUCCESS'];
  const expected: Record<string, string[] | RegExp> = {
    'user-refuses': ['error 11'],
    'user-refuses-one-scope': ['without USER_NAME', ...fine],
    'user-closes': ['error 1001'],
    'user-agrees': fine,
    'wallet-fails': ['error 1005'],
    'code-expired': ['EXPIRED_AUTHCODE'],
    'code-unknown': ['INVALID_AUTHCODE'],
    'code-used-twice': ['USED_AUTHCODE'],
    'token-dies-at-once': ['SUCCESS', 'EXPIRED_ACCESS_TOKEN', 'SUCCESS'],
    'token-expired': ['SUCCESS', 'EXPIRED_ACCESS_TOKEN', 'SUCCESS'],
    'token-revoked': ['SUCCESS', 'INVALID_ACCESS_TOKEN', 'SUCCESS'],
    'refresh-token-stolen': ['SUCCESS', 'SUCCESS', 'USED_REFRESH_TOKEN'],
    'refresh-token-too-old': ['SUCCESS', 'SUCCESS', 'EXPIRED_REFRESH_TOKEN'],
    'platform-signs-wrongly': /^the answer's signature does not verify/,
    'platform-does-not-sign': /^the answer's signature does not verify/,
    'old-answer': fine,
    'platform-down': /^Service Unavailable/,
    'traffic-limit': ['REQUEST_TRAFFIC_EXCEED_LIMIT'],
    'merchant-suspended': ['error 4'],
    'signature-refused': ['INVALID_SIGNATURE'],
    'unknown-exception': ['UNKNOWN_EXCEPTION'],
    'platform-fails': ['PROCESS_FAIL'],
    'connection-breaks': ['ECONNRESET'],
  };
  /** The faults have their own tests, and the delays of slow-platform are too long for a test. */
  const elsewhere = ['no-answer', 'answer-cut-off', 'answer-garbled', 'slow-platform'];
  for (const { name } of library.filter((known) => !elsewhere.includes(known.name))) {
    const ending = expected[name];
    test(name, async () => {
      assert.ok(ending, 'expected');
      const world = newWorld(emulator);
      world.tenant.changeSettings({ consent: 'grant' });
      const tester = new Tester(emulator, world.tenant.name);
      assert.equal((await tester.post('/scenarios', { library: name })).status, 201);
      const steps = await signIn(world);
      if (ending instanceof RegExp) assert.match(steps[0] ?? '', ending);
      else assert.deepEqual(steps, ending);
      assert.ok(world.tenant.scenarios.get(name)?.hits);
      await tester.delete(`/scenarios/${name}`);
      assert.deepEqual(await signIn(world), fine);
    });
  }
});
