import { createPublicKey, type KeyObject } from 'node:crypto';
import { demoAppId } from '../console/demo/merchant.js';
import { type Config, variableName } from '../emulator/config.js';
import type { Emulator } from '../emulator/emulator.js';
import { clientEntry } from '../records/entries.js';
import { loadFixtures } from '../records/fixtures.js';
import { findPrivateKey } from './find-private-key.js';
import { readPublicKey } from './keys.js';
import { ownUrl } from './own-url.js';
import { printJson } from './print-json.js';
import { remoteWallet } from './remote-wallet.js';
import type { RunningAddress } from './running-address.js';

/** Variable → its value. */
type Values = Record<string, string>;

/**
 * Prints what a merchant's server needs, as lines for a shell or an .env file.
 * @param address a running emulator; absent: the one that the configuration starts
 * @param json prints the variables as JSON
 * @throws Error in one line if there is no mini program, or if only a running emulator knows its key or port
 */
export async function env(address: RunningAddress | undefined, config: Config, json = false): Promise<void> {
  const values = address === undefined ? await configuredValues(config) : await runningValues(address, config);
  if (json) return printJson(values);
  for (const [name, value] of Object.entries(values)) process.stdout.write(`${name}=${quoted(value)}\n`);
}

async function configuredValues(config: Config): Promise<Values> {
  const key = await readPublicKey(config);
  if (key === undefined)
    throw new Error('--platform-key generate: only the running emulator knows its key; name the emulator with --url');
  const url = config.publicUrl ?? ownUrl(config);
  if (new URL(url).port === '0')
    throw new Error('--port 0: only the running emulator knows its port; name the emulator with --url');
  const { apps, clients } = loadFixtures(config.fixtures);
  return chooseValues({ url, publicKey: key.base64, fixtures: config.fixtures }, [...apps.values()], [...clients.values()]);
}

async function runningValues(address: RunningAddress, config: Config): Promise<Values> {
  const { wallet } = remoteWallet(address, config);
  const [apps, clients, pem] = await Promise.all([wallet.apps.list(), wallet.clients.list(), wallet.keys.platform()]);
  const publicKey = base64Of(pem);
  return chooseValues({ url: wallet.url, publicKey, fixtures: config.fixtures }, apps, clients.map(clientEntry));
}

/** The variables for a server that calls an emulator in this process. Without a mini program: the address only. */
export async function valuesFor({ url, tenants }: Emulator, { fixtures }: Config): Promise<Values> {
  const { apps: listed, clients, platformKey } = tenants.default;
  const apps = [...listed.all()];
  if (apps.length === 0) return { [variableName('url')]: url };
  return chooseValues({ url, publicKey: base64Of(platformKey), fixtures }, apps, [...clients.all()]);
}

function base64Of(platformKey: KeyObject | string): string {
  return createPublicKey(platformKey).export({ type: 'spki', format: 'der' }).toString('base64');
}

/** The demo mini program. If it does not exist, the first one. */
export function chooseApp<App extends { appId: string }>(apps: readonly App[]): App | undefined {
  return apps.find(({ appId }) => appId === demoAppId) ?? apps[0];
}

/** Chooses a mini program and its client, and finds the client's private key. */
async function chooseValues(
  { url, publicKey, fixtures }: { url: string; publicKey: string; fixtures: string | undefined },
  apps: readonly { appId: string; clientId: string }[],
  clients: readonly ReturnType<typeof clientEntry>[],
): Promise<Values> {
  const app = chooseApp(apps);
  if (app === undefined) throw new Error('no mini program: add one to apps.json');
  const client = clients.find(({ clientId }) => clientId === app.clientId);
  const keyFile = await findPrivateKey(client?.publicKey, fixtures);
  return {
    [variableName('url')]: url,
    [variableName('clientId')]: app.clientId,
    [variableName('appId')]: app.appId,
    [variableName('platformPublicKey')]: publicKey,
    ...(keyFile !== undefined && { [variableName('privateKeyFile')]: keyFile }),
  };
}

/** A value as a POSIX shell and .env files read it. Only a shell reads one that has an apostrophe and one of `" $ \` and a backtick. */
function quoted(value: string): string {
  if (/^[\w./:+=@-]+$/.test(value)) return value;
  return value.includes("'") && !/["$`\\]/.test(value) ? `"${value}"` : `'${value.replaceAll("'", String.raw`'\''`)}'`;
}
