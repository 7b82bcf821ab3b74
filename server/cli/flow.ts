import type { Config } from '../config.js';
import { callAsDemoMerchant, demoAppId, demoMerchantSigns, type Exchange, pathOf } from '../demo/merchant.js';
import { clientEntry } from '../directory/entries.js';
import type { AppRecord, ClientRecord, UserRecord } from '../directory/schema.js';
import { openEmulator } from '../emulator.js';
import { compileProfile, type Profile } from '../profiles/compile.js';
import type { ProfileSource } from '../profiles/schema.js';

/** What is asked for, of what the wallet has and the client may. */
const wantedScopes = ['USER_ID', 'USER_NICKNAME', 'USER_NAME'];

/**
 * Runs the whole authorization as a mini program and its merchant do, and prints every step with its request and answer.
 * @param url a running emulator; absent: one of its own, for as long as it takes
 */
export async function flow(url: string | undefined, config: Config): Promise<void> {
  if (url !== undefined && !/^https?:$/.test(URL.canParse(url) ? new URL(url).protocol : ''))
    throw new Error(`--url ${url}: expected the address of an emulator, such as http://127.0.0.1:4010`);
  const own = url === undefined ? await openEmulator(config) : undefined;
  try {
    await run((url ?? own?.url ?? '').replace(/\/$/, ''));
  } finally {
    await own?.close();
  }
}

async function run(base: string): Promise<void> {
  const read = <Value>(path: string) => readJson(`${base}/_emulator/${path}`) as Promise<Value>;
  const { now: time } = await read<{ now: string }>('health');
  const now = Date.parse(time);
  // Whatever the emulator runs with: its profile and its parties are its own, and need not be files of ours.
  const profile = compileProfile(await read<ProfileSource>('profile'), () => base);
  const { app, client, user } = await chooseParties(base, read);
  const scopes = chooseScopes(profile, client);
  print('', `${base}, wallet ${profile.name}`);

  const asked = { clientId: client.clientId, appId: app.appId, userId: user.userId, scopes };
  const given = await readJson(`${base}/_emulator/auth-codes`, asked);
  if (given.authCode === undefined)
    throw new Error(`the user ${user.userId} grants none of ${scopes.join(', ')}: ${given.errorMessage}`);
  print(
    '[1.1] the mini program calls my.getAuthCode, and the user agrees',
    { scopes },
    pick(given, ['authCode', 'authSuccessScopes', 'authErrorScopes']),
  );
  print('[2]   it sends the authCode to the merchant\u2019s server', { authCode: given.authCode });

  const signs = await demoMerchantSigns(clientEntry(client));
  const call = (path: string, body: Record<string, unknown>) =>
    callAsDemoMerchant(base, profile, client.clientId, path, { appId: app.appId, ...body }, now, signs);
  const exchanged = { grantType: 'AUTHORIZATION_CODE', authCode: given.authCode, customerBelongsTo: 'BILLETERA' };
  const tokens = await call(pathOf(profile, 'exchange') as string, exchanged);
  printCall('[2.2] the merchant\u2019s server exchanges it for tokens', tokens);
  const userInfo = await call(pathOf(profile, 'read-user') as string, { accessToken: tokens.response.body.accessToken });
  printCall('[2.4] it keeps the tokens, reads the user, and tells the mini program how it went', userInfo);
}

/** The demo client's mini program, or the first; and a user who grants, or the first. */
async function chooseParties(base: string, read: <Value>(path: string) => Promise<Value>) {
  const { apps } = await read<{ apps: AppRecord[] }>('apps');
  const { clients } = await read<{ clients: ClientRecord[] }>('clients');
  const { users } = await read<{ users: UserRecord[] }>('users');
  const app = apps.find(({ appId }) => appId === demoAppId) ?? apps[0];
  const client = clients.find(({ clientId }) => clientId === app?.clientId);
  const user = users.find(({ behaviour }) => behaviour?.consent === 'grant') ?? users[0];
  if (app === undefined || client === undefined) throw new Error(`${base}: expected a mini program: add one to apps.json`);
  if (user === undefined) throw new Error(`${base}: expected a user: add one to users.json`);
  return { app, client, user };
}

function chooseScopes({ scopes }: Profile, client: ClientRecord): string[] {
  const registered = client.scopes === undefined || client.scopes === '*' ? scopes.names() : client.scopes;
  const usual = wantedScopes.filter((scope) => scopes.get(scope) !== undefined && registered.includes(scope));
  return usual.length > 0 ? usual : registered.slice(0, wantedScopes.length);
}

function printCall(title: string, { request, response }: Exchange): void {
  const shown = ['Client-Id', 'Request-Time', 'Signature'].filter((name) => request.headers[name] !== undefined);
  const signed = shown.map((name) => `${name}: ${cut(request.headers[name] ?? '', 60)}`);
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
