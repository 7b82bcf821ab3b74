import { X509Certificate } from 'node:crypto';
import { networkInterfaces } from 'node:os';
import { rootCertificates } from 'node:tls';
import { Clock } from '../clock/clock.js';
import { type Config, readConfig } from '../emulator/config.js';
import type { Emulator } from '../emulator/emulator.js';
import { version } from '../emulator/version.js';
import { readTextFile } from '../files/read-file.js';
import { Recorder } from '../recorder/recorder.js';
import { readPublicKey } from '../signing/keys.js';
import { count } from './count.js';
import { type Rows, start } from './start.js';

export interface RecordFlags {
  /** The platform's address. */
  to: string;
  /** The file of the recording. */
  out?: string;
  /** A PEM file. */
  platformPublicKey?: string;
  /** A PEM file. */
  ca?: string;
}

/**
 * Starts an emulator that sends the calls of merchants on to a real platform, and records them.
 * @param flags of the emulator, by option name
 * @throws Error in one line with the flag and what was expected
 */
export async function record(
  { to, out, platformPublicKey, ca }: RecordFlags,
  flags: Record<string, unknown>,
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const config = readConfig(flags, env);
  const { showSecrets } = config;
  const platform = readPlatformAddress(to);
  if (isOwnAddress(new URL(platform), config))
    throw new Error(`--to ${to}: this is the recorder's own address; expected that of the platform`);
  const path = out ?? defaultFile();
  const recorder = new Recorder({
    to: platform,
    publicKey: platformPublicKey === undefined ? undefined : readKey(platformPublicKey),
    ca: ca === undefined ? undefined : readAuthorities(ca, env),
    out: path,
    showSecrets,
    version,
  });
  const rows = ({ url, tenants }: Emulator): Rows => [
    ['records', `calls to ${url} go to ${to}, and into ${path}`],
    ...notificationRows(
      url,
      Array.from(tenants.default.clients.all(), ({ record: client }) => client.notifyUrl),
    ),
    ['data', showSecrets ? 'whole tokens and personal data: keep the file to yourself' : 'tokens and personal data are replaced'],
  ];
  try {
    const next = `set the address of the OpenAPI in your server to that of the recorder; then npx billetera compare ${path}`;
    await start(flags, env, { recorder, rows, next, result: () => `${count(recorder.count, 'call')} in ${path}` });
  } catch (error) {
    await recorder.close();
    throw error;
  }
}

/** Returns true for an address that the recorder answers at: calls to it would go round for ever. */
function isOwnAddress(platform: URL, { host, port, publicUrl, tls, tlsCert, tlsPort, tlsOnly }: Config): boolean {
  if (publicUrl !== undefined && new URL(publicUrl).origin === platform.origin) return true;
  const hasTls = tls || tlsOnly || tlsCert !== undefined;
  const ports = [...(tlsOnly ? [] : [port]), ...(hasTls ? [tlsPort] : [])];
  const usualPort = platform.protocol === 'https:' ? 443 : 80;
  return ports.includes(Number(platform.port || usualPort)) && isThisMachine(platform.hostname, host);
}

/** @param own the address that the recorder listens on */
function isThisMachine(hostname: string, own: string): boolean {
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (bare === own || /^(localhost|127(\.\d+){3}|::1|.*\.localhost)$/i.test(bare)) return true;
  const isEverywhere = own === '0.0.0.0' || own === '::';
  return isEverywhere && Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === bare));
}

/** Says which address the platform should call, so that its notifications are recorded. */
function notificationRows(url: string, notifyUrls: readonly (string | undefined)[]): Rows {
  const known = notifyUrls.filter((notifyUrl) => notifyUrl !== undefined);
  if (known.length === 0) return [['notifications', 'give the client a notifyUrl in clients.json, to record them']];
  return known.map((notifyUrl) => {
    const { pathname } = new URL(notifyUrl);
    return ['notifications', `to ${url}${pathname} are passed on to ${notifyUrl}; register that address at the platform`];
  });
}

/** A name that no other recording has. */
function defaultFile(): string {
  const now = new Date(new Clock().machineNow()).toISOString();
  return `recording-${now.slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')}.har`;
}

function readPlatformAddress(to: string): string {
  const url = URL.canParse(to) ? new URL(to) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '')
    throw new Error(`--to ${to}: expected an address such as https://sandbox.example`);
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '')
    throw new Error(`--to ${to}: expected an address without a path, such as ${url.origin}: a call keeps its own path`);
  return url.origin;
}

function readKey(file: string) {
  const written = readTextFile(file);
  try {
    return readPublicKey(written);
  } catch (error) {
    throw new Error(`--platform-public-key ${file}: ${(error as Error).message}`, { cause: error });
  }
}

/** The authorities of a file, besides those that Node trusts. */
function readAuthorities(file: string, env: NodeJS.ProcessEnv): string[] {
  const written = readTextFile(file);
  try {
    new X509Certificate(written);
  } catch (error) {
    throw new Error(`--ca ${file}: expected certificates in PEM`, { cause: error });
  }
  const extra = env.NODE_EXTRA_CA_CERTS;
  // A list of authorities replaces all others, also those of the environment.
  return [...rootCertificates, ...(extra ? [readTextFile(extra)] : []), written];
}
