import { randomUUID } from 'node:crypto';
import { callAsDemoMerchant, demoMerchantSigns, type Exchange, pathOf } from '../console/demo/merchant.js';
import type { Config } from '../emulator/config.js';
import { compileProfile } from '../profiles/compile.js';
import type { Profile } from '../profiles/profile.js';
import type { ProfileSource } from '../profiles/schema.js';
import { clientEntry } from '../records/entries.js';
import type { Client } from '../sdk/client/records.js';
import type { Wallet } from '../sdk/client/wallet.js';
import { oneLine } from '../texts/one-line.js';
import { chooseApp } from './env.js';
import { printJson } from './print-json.js';
import { remoteWallet } from './remote-wallet.js';
import type { RunningAddress } from './running-address.js';
import { withWallet } from './with-wallet.js';

/** The scopes that flow asks for, if the wallet has them and the client is registered for them. */
const wantedScopes = ['USER_ID', 'USER_NICKNAME', 'USER_NAME'];

/**
 * Runs a whole authorization like a mini program and its merchant, and prints every step with its request and response.
 * @param address a running emulator. If it asks for a control token, the configuration has it. Its state does not change: flow works in a copy. Absent: flow starts an emulator and stops it at the end
 * @param json prints the steps as one JSON document
 */
export async function flow(address: RunningAddress | undefined, config: Config, json = false): Promise<void> {
  const run = json ? printAsJson : printAsText;
  if (address !== undefined) return runInCopy(remoteWallet(address, config).wallet, run);
  await withWallet(undefined, config, (wallet) => run(wallet, wallet.url));
}

/** Runs in its own tenant, with a copy of the wallet's settings, clock, parties and scenarios. The tenant is dropped at the end. */
async function runInCopy(wallet: Wallet, run: typeof printAsText): Promise<void> {
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

/** One step, named by its number in the diagram of the README. */
interface Step {
  step: string;
  title: string;
  request: Exchange['request'] | Record<string, unknown>;
  response?: Exchange['response'] | Record<string, unknown>;
}

/** @param shownUrl the address to print */
async function printAsText(wallet: Wallet, shownUrl: string): Promise<void> {
  const profile = await readProfile(wallet);
  process.stdout.write(`      ${shownUrl}, wallet ${profile.name}\n\n`);
  for await (const step of runSteps(wallet, profile)) process.stdout.write(textOf(step));
}

/** Prints the steps also if one fails: the last one then tells why. */
async function printAsJson(wallet: Wallet, shownUrl: string): Promise<void> {
  const profile = await readProfile(wallet);
  const steps: Step[] = [];
  try {
    for await (const step of runSteps(wallet, profile)) steps.push(withoutBytes(step));
  } finally {
    printJson({ url: shownUrl, wallet: profile.name, steps });
  }
}

/** The body is there as JSON: its bytes would be a list of numbers. */
function withoutBytes({ response, ...step }: Step): Step {
  if (response === undefined) return step;
  const { bytes: _, ...shown } = response;
  return { ...step, response: shown };
}

/** The emulator may run with other fixtures than ours, so flow asks it for everything. */
async function readProfile(wallet: Wallet): Promise<Profile> {
  return compileProfile((await wallet.profile()) as unknown as ProfileSource, () => wallet.url);
}

/** @throws Error in one line if a call fails. The step of that call comes before it */
async function* runSteps(wallet: Wallet, profile: Profile): AsyncGenerator<Step> {
  const { url: base } = wallet;
  const now = Date.parse((await wallet.clock.read()).now);
  const { app, client, user } = await chooseParties(wallet);
  const scopes = chooseScopes(profile, client);
  const asked = { clientId: client.clientId, appId: app.appId, userId: user.userId, scopes };
  const given = await wallet.authCodes.issue(asked);
  if (given.authCode === undefined)
    throw new Error(`the user ${user.userId} grants none of ${scopes.join(', ')}: ${given.errorMessage}`);
  const { authCode, authSuccessScopes, authErrorScopes } = given;
  yield {
    step: '1.1',
    title: 'the mini program calls my.getAuthCode, and the user agrees',
    request: { scopes },
    response: { authCode, authSuccessScopes, authErrorScopes },
  };
  yield { step: '2', title: 'the mini program sends the authCode to the merchant\u2019s server', request: { authCode } };

  const signs = await demoMerchantSigns(clientEntry(client));
  const call = (path: string, body: Record<string, unknown>) =>
    callAsDemoMerchant(base, profile, client.clientId, path, { appId: app.appId, ...body }, now, signs);
  const exchanged = { grantType: 'AUTHORIZATION_CODE', authCode, customerBelongsTo: 'BILLETERA' };
  const tokens = await call(pathOf(profile, 'exchange') as string, exchanged);
  yield { step: '2.2', title: 'the merchant\u2019s server exchanges the authCode for tokens', ...tokens };
  checkSuccess(tokens);
  const userInfo = await call(pathOf(profile, 'read-user') as string, { accessToken: tokens.response.body.accessToken });
  yield {
    step: '2.4',
    title: 'the merchant\u2019s server stores the tokens, reads the user, and answers the mini program',
    ...userInfo,
  };
  checkSuccess(userInfo);
}

/** Chooses the demo mini program and a user who grants everything. If one does not exist, it takes the first. */
async function chooseParties({ url, apps: ofApps, clients: ofClients, users: ofUsers }: Wallet) {
  const [apps, clients, users] = await Promise.all([ofApps.list(), ofClients.list(), ofUsers.list()]);
  const app = chooseApp(apps);
  const client = clients.find(({ clientId }) => clientId === app?.clientId);
  const user = users.find(({ behaviour }) => behaviour?.consent === 'grant') ?? users[0];
  if (app === undefined || client === undefined)
    throw new Error(`${url}: there is no mini program with a client; add one to apps.json`);
  if (user === undefined) throw new Error(`${url}: there is no user; add one to users.json`);
  return { app, client, user };
}

function chooseScopes({ scopes }: Profile, client: Client): string[] {
  const registered = client.scopes === undefined || client.scopes === '*' ? scopes.names() : client.scopes;
  const usual = wantedScopes.filter((scope) => scopes.get(scope) !== undefined && registered.includes(scope));
  return usual.length > 0 ? usual : registered.slice(0, wantedScopes.length);
}

function checkSuccess({ request, response }: Exchange): void {
  const { resultStatus, resultCode, resultMessage } = response.body.result;
  if (resultStatus !== 'S') throw new Error(`${request.path} failed with ${resultCode}: ${resultMessage}`);
}

function textOf({ step, title, request, response }: Step): string {
  const lines = isCall(request) ? callLines(request, response as Exchange['response']) : [request, response ?? []].flat();
  const shown = lines.map((line) => `      ${oneLine(typeof line === 'string' ? line : JSON.stringify(line))}`);
  return `${[`${`[${step}]`.padEnd(5)} ${title}`, ...shown].join('\n')}\n\n`;
}

function isCall(request: Step['request']): request is Exchange['request'] {
  return 'path' in request;
}

function callLines({ path, headers, body }: Exchange['request'], response: Exchange['response']): (string | object)[] {
  const shown = ['Client-Id', 'Request-Time', 'Signature'].filter((name) => headers[name] !== undefined);
  const signed = shown.map((name) => `${name}: ${cut(headers[name] ?? '', 60)}`);
  return [`POST ${path}`, ...signed, body, `→ ${response.status}`, response.body];
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length)}…`;
}
