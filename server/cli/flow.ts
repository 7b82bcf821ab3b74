import type { Config } from '../config.js';
import { callAsDemoMerchant, demoAppId, demoClientId, type Exchange, pathOf } from '../demo/merchant.js';
import { openEmulator } from '../emulator.js';
import type { Profiles } from '../profiles/load.js';
import { profilesOf } from './profiles-of.js';

const scopes = ['USER_ID', 'USER_NICKNAME', 'USER_NAME'];
/** The built-in user who grants everything. */
const userId = '1000001119398804002';

/**
 * Runs the whole authorization as a mini program and its merchant do, and prints every step with its request and answer.
 * @param url a running emulator; absent: one of its own, for as long as it takes
 */
export async function flow(url: string | undefined, config: Config): Promise<void> {
  const own = url === undefined ? await openEmulator(config) : undefined;
  try {
    await run((url ?? own?.url ?? '').replace(/\/$/, ''), profilesOf(config), own === undefined ? undefined : config.wallet);
  } finally {
    await own?.close();
  }
}

/** @param wallet what the emulator was started with; absent: what a running one says, by name */
async function run(base: string, profiles: Profiles, wallet: string | undefined): Promise<void> {
  const health = await readJson(`${base}/_emulator/health`);
  const now = Date.parse(health.now as string);
  const profile = profiles.get(wallet ?? (health.wallet as string));
  print('', `${base}, wallet ${health.wallet}`);

  const asked = { clientId: demoClientId, appId: demoAppId, userId, scopes };
  const given = await readJson(`${base}/_emulator/auth-codes`, asked);
  print(
    '[1.1] the mini program calls my.getAuthCode, and the user agrees',
    { scopes },
    pick(given, ['authCode', 'authSuccessScopes', 'authErrorScopes']),
  );
  print('[2]   it sends the authCode to the merchant\u2019s server', { authCode: given.authCode });

  const exchanged = {
    grantType: 'AUTHORIZATION_CODE',
    appId: demoAppId,
    authCode: given.authCode,
    customerBelongsTo: 'BILLETERA',
  };
  const tokens = await callAsDemoMerchant(base, profile, demoClientId, pathOf(profile, 'exchange') as string, exchanged, now);
  printCall('[2.2] the merchant\u2019s server exchanges it for tokens', tokens);
  const read = { appId: demoAppId, accessToken: tokens.response.body.accessToken };
  const user = await callAsDemoMerchant(base, profile, demoClientId, pathOf(profile, 'read-user') as string, read, now);
  printCall('[2.4] it keeps the tokens, reads the user, and tells the mini program how it went', user);
}

function printCall(title: string, { request, response }: Exchange): void {
  const signed = ['Client-Id', 'Request-Time', 'Signature'].map((name) => `${name}: ${cut(request.headers[name] ?? '', 60)}`);
  print(title, `POST ${request.path}`, ...signed, request.body, `→ ${response.status}`, response.body);
  if (response.body.result.resultStatus !== 'S')
    throw new Error(`${request.path} ended in ${response.body.result.resultCode}: ${response.body.result.resultMessage}`);
}

function print(title: string, ...lines: (string | object)[]): void {
  const text = lines.map((line) => `      ${typeof line === 'string' ? line : JSON.stringify(line)}`);
  process.stdout.write(`${[title, ...text].filter(Boolean).join('\n')}\n\n`);
}

async function readJson(address: string, body?: object): Promise<Record<string, unknown>> {
  const response = await fetch(
    address,
    body && { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) },
  ).catch((error: Error) => {
    throw new Error(
      `--url ${address}: expected a running emulator (${(error.cause as Error | undefined)?.message ?? error.message})`,
    );
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(`${address} answered ${response.status}: ${answer.message}`);
  return answer;
}

function pick(from: Record<string, unknown>, names: string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, from[name]]));
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}
