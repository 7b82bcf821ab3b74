import { randomUUID } from 'node:crypto';
import { callAsDemoMerchant, demoAppId, demoMerchantSigns, type Exchange, pathOf } from '../console/demo/merchant.js';
import type { Config } from '../emulator/config.js';
import { openEmulator } from '../emulator/emulator.js';
import { compileProfile } from '../profiles/compile.js';
import type { Profile } from '../profiles/profile.js';
import type { ProfileSource } from '../profiles/schema.js';
import { clientEntry } from '../records/entries.js';
import { connect } from '../sdk/client/connect.js';
import type { Client } from '../sdk/client/records.js';
import type { Wallet } from '../sdk/client/wallet.js';
import { remoteWallet } from './remote-wallet.js';

/** The scopes that flow asks for, if the wallet has them and the client is registered for them. */
const wantedScopes = ['USER_ID', 'USER_NICKNAME', 'USER_NAME'];

/**
 * Runs a whole authorization like a mini program and its merchant, and prints every step with its request and response.
 * @param url a running emulator. If it asks for a control token, the configuration has it. Its state does not change: flow works in a copy. Absent: flow starts an emulator and stops it at the end
 */
export async function flow(url: string | undefined, config: Config): Promise<void> {
  if (url !== undefined) return runInCopy(remoteWallet(url, config));
  const own = await openEmulator(config);
  try {
    await run(connect(own.url, { token: config.controlToken }));
  } finally {
    await own.close();
  }
}

/** Runs in a tenant of its own, with a copy of the wallet's settings, clock, parties and scenarios. The tenant is dropped at the end. */
async function runInCopy(wallet: Wallet): Promise<void> {
  const snapshot = await wallet.snapshot.take();
  const copy = wallet.tenant(`flow-${randomUUID()}`);
  try {
    await copy.snapshot.restore({ ...snapshot, ...noAuthorizations });
    await run(copy, wallet.url);
  } finally {
    // The first error says more, for example that the emulator has stopped.
    await copy.reset().catch(() => {});
  }
}

/** A copy must not have the codes and tokens of the wallet, because each belongs to one tenant. */
const noAuthorizations = { consents: [], authCodes: [], grants: [], accessTokens: [], refreshTokens: [] };

/** @param shownUrl the address to print, if it is not the wallet's own */
async function run(wallet: Wallet, shownUrl = wallet.url): Promise<void> {
  const { url: base } = wallet;
  const now = Date.parse((await wallet.clock.read()).now);
  // The emulator may run with other fixtures than ours, so flow asks it for everything.
  const profile = compileProfile((await wallet.profile()) as unknown as ProfileSource, () => base);
  const { app, client, user } = await chooseParties(wallet);
  const scopes = chooseScopes(profile, client);
  print('', `${shownUrl}, wallet ${profile.name}`);

  const asked = { clientId: client.clientId, appId: app.appId, userId: user.userId, scopes };
  const given = await wallet.authCodes.issue(asked);
  if (given.authCode === undefined)
    throw new Error(`the user ${user.userId} grants none of ${scopes.join(', ')}: ${given.errorMessage}`);
  print(
    '[1.1] the mini program calls my.getAuthCode, and the user agrees',
    { scopes },
    { authCode: given.authCode, authSuccessScopes: given.authSuccessScopes, authErrorScopes: given.authErrorScopes },
  );
  print('[2]   the mini program sends the authCode to the merchant\u2019s server', { authCode: given.authCode });

  const signs = await demoMerchantSigns(clientEntry(client));
  const call = (path: string, body: Record<string, unknown>) =>
    callAsDemoMerchant(base, profile, client.clientId, path, { appId: app.appId, ...body }, now, signs);
  const exchanged = { grantType: 'AUTHORIZATION_CODE', authCode: given.authCode, customerBelongsTo: 'BILLETERA' };
  const tokens = await call(pathOf(profile, 'exchange') as string, exchanged);
  printCall('[2.2] the merchant\u2019s server exchanges the authCode for tokens', tokens);
  const userInfo = await call(pathOf(profile, 'read-user') as string, { accessToken: tokens.response.body.accessToken });
  printCall('[2.4] the merchant\u2019s server stores the tokens, reads the user, and answers the mini program', userInfo);
}

/** Chooses the demo mini program and a user who grants everything. If one does not exist, it takes the first. */
async function chooseParties({ url, apps: ofApps, clients: ofClients, users: ofUsers }: Wallet) {
  const [apps, clients, users] = await Promise.all([ofApps.list(), ofClients.list(), ofUsers.list()]);
  const app = apps.find(({ appId }) => appId === demoAppId) ?? apps[0];
  const client = clients.find(({ clientId }) => clientId === app?.clientId);
  const user = users.find(({ behaviour }) => behaviour?.consent === 'grant') ?? users[0];
  if (app === undefined || client === undefined) throw new Error(`${url}: no mini program; add one to apps.json`);
  if (user === undefined) throw new Error(`${url}: no user; add one to users.json`);
  return { app, client, user };
}

function chooseScopes({ scopes }: Profile, client: Client): string[] {
  const registered = client.scopes === undefined || client.scopes === '*' ? scopes.names() : client.scopes;
  const usual = wantedScopes.filter((scope) => scopes.get(scope) !== undefined && registered.includes(scope));
  return usual.length > 0 ? usual : registered.slice(0, wantedScopes.length);
}

function printCall(title: string, { request, response }: Exchange): void {
  const shown = ['Client-Id', 'Request-Time', 'Signature'].filter((name) => request.headers[name] !== undefined);
  const signed = shown.map((name) => `${name}: ${cut(request.headers[name] ?? '', 60)}`);
  print(title, `POST ${request.path}`, ...signed, request.body, `→ ${response.status}`, response.body);
  if (response.body.result.resultStatus !== 'S')
    throw new Error(`${request.path} failed with ${response.body.result.resultCode}: ${response.body.result.resultMessage}`);
}

function print(title: string, ...lines: (string | object)[]): void {
  const text = lines.map((line) => `      ${typeof line === 'string' ? line : JSON.stringify(line)}`);
  process.stdout.write(`${[title, ...text].filter(Boolean).join('\n')}\n\n`);
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}
