import { networkInterfaces } from 'node:os';
import closeWithGrace from 'close-with-grace';
import { type Config, configPath, readConfig } from '../emulator/config.js';
import { type Emulator, openEmulator } from '../emulator/emulator.js';
import { createLog } from '../emulator/log.js';
import type { Recorder } from '../recorder/recorder.js';
import { errorLines } from './error-text.js';
import { warnOfUnreadFiles, watch } from './watch.js';

/** The time that a shutdown may take, in milliseconds of the machine's clock. */
export const shutdownTimeoutMs = 5000;

/** Rows that a start prints: a label, and a text. */
export type Rows = readonly (readonly [label: string, text: string])[];

/** The calls of merchants are sent on to a real platform. */
export interface Recording {
  recorder: Recorder;
  /** The lines of the start about it. */
  rows(emulator: Emulator): Rows;
  /** The advice for the next step, in place of that of `start`. */
  next: string;
  /** The line of the end about it. */
  result(): string;
}

/**
 * Starts the emulator and prints what to do next. It stops cleanly on SIGINT and SIGTERM.
 * @param flags by option name, as `readConfig` takes them
 */
export async function start(flags: Record<string, unknown>, env: NodeJS.ProcessEnv, recording?: Recording): Promise<void> {
  const readConfigAgain = () => readConfig(flags, env);
  const config = readConfigAgain();
  const configFile = configPath(flags, env);
  const log = await createLog(config.logLevel);
  const emulator = await openEmulator(config, log, undefined, recording?.recorder);
  const unwatch = config.watch ? watch({ emulator, config, configFile, readConfigAgain, log }) : undefined;
  const logger = { error: (message: unknown) => log.error(message) };
  closeWithGrace({ delay: shutdownTimeoutMs, logger }, async ({ err, signal }) => {
    if (err) log.error(err);
    unwatch?.();
    await closeEmulator(emulator);
    if (recording) process.stdout.write(`${recording.result()}\n`);
    if (signal) process.stdout.write(`billetera stopped (${signal})\n`);
  });
  // A signal that comes right after this line stops the emulator cleanly, too.
  process.stdout.write(readyText(emulator, config, recording?.rows(emulator), recording?.next));
  warnOfUnreadFiles({ config, configFile, log });
}

/** Closes the emulator. If its state cannot be written, the process ends with one line of error, and without a stack trace. */
async function closeEmulator(emulator: Emulator): Promise<void> {
  try {
    await emulator.close();
  } catch (error) {
    for (const line of errorLines(error as Error)) process.stderr.write(`billetera: ${line}\n`);
    process.exit(1);
  }
}

/** The lines that a start prints. Addresses are those that others reach the emulator by, if `--public-url` tells them. */
export function readyText(
  { url: localUrl, tlsUrl, tenants }: Pick<Emulator, 'url' | 'tlsUrl' | 'tenants'>,
  { host, controlToken, publicUrl }: Config,
  more: Rows = [],
  next?: string,
): string {
  const { profile, apps } = tenants.default;
  const appId = apps.all().next().value?.appId;
  const openUrl = networkUrl(host, localUrl);
  const url = publicUrl ?? localUrl;
  const rows = [
    ...(publicUrl === undefined ? [] : [['listens at', localUrl]]),
    ...(tlsUrl === undefined || tlsUrl === localUrl ? [] : [['HTTPS', tlsUrl]]),
    ...(openUrl === undefined ? [] : [['network', networkWarning(openUrl, controlToken !== undefined)]]),
    ...(controlToken === undefined
      ? []
      : [['sign-in', `the control API and the pages ask for the control token: ${url}/sign-in`]]),
    ['wallet', `${profile.name} (${profile.source.title})`],
    ['dashboard', `${url}/`],
    ['playground', `${url}/playground`],
    ['mini program', `<script src="${url}/my.js"${appId === undefined ? '' : ` data-app-id="${appId}"`}></script>`],
    ['OpenAPI', `${profile.operations.keys().next().value} and others at ${url}`],
    ...more,
    ['next', next ?? `npx billetera flow --url ${localUrl}, in another terminal, shows every step`],
  ];
  return [`billetera ready at ${url}`, ...rows.map(([label = '', text]) => `  ${label.padEnd(12)} ${text}`), ''].join('\n');
}

/** Says what others on the network can do. @param isClosed the control API and the pages ask for a control token */
export function networkWarning(url: string, isClosed: boolean): string {
  return isClosed
    ? `${url} is open to the network: others there can call the OpenAPI and answer consent screens`
    : `${url} is open to the network: others there can read tokens, reset, and change settings; --control-token <secret> closes that`;
}

/**
 * The address by which other machines reach the emulator.
 * @param host the address that it listens on
 * @param url its address on this machine
 * @returns undefined if only this machine reaches it
 */
export function networkUrl(host: string, url: string, interfaces = networkInterfaces()): string | undefined {
  if (/^(localhost|127\..*|::1|.*\.localhost)$/i.test(host)) return undefined;
  if (host !== '0.0.0.0' && host !== '::') return url;
  const external = Object.values(interfaces).flatMap((addresses) => addresses?.filter(({ internal }) => !internal) ?? []);
  const reachable = external.find(({ family }) => family === 'IPv4');
  const { protocol, port } = new URL(url);
  return `${protocol}//${reachable?.address ?? '<this machine>'}:${port}`;
}
