import { text as readText } from 'node:stream/consumers';
import { type Config, variableName } from '../emulator/config.js';
import { hostInUrl } from '../emulator/listen.js';
import { sendRequest } from '../http/send-request.js';

/** An emulator that does not answer within this time is not ready, in milliseconds of the machine's clock. */
const timeoutMs = 5000;

/** The flags of `billetera health`. */
export interface HealthFlags {
  url?: string;
  json?: boolean;
}

/**
 * Checks that an emulator is ready. The default is the one with the same configuration on this machine, as in a container.
 * @throws Error in one line if it is not ready
 */
export async function health({ url, json }: HealthFlags, config: Config, env: NodeJS.ProcessEnv): Promise<void> {
  const base = (url ?? (env[variableName('url')] || ownUrl(config))).replace(/\/$/, '');
  const answer = await readHealth(base);
  const { wallet, version } = answer;
  process.stdout.write(json ? `${JSON.stringify(answer)}\n` : `ready: ${base}, wallet ${wallet}, version ${version}\n`);
}

/** The address of the emulator that a configuration starts, on this machine. */
export function ownUrl({ host, port, tlsOnly, tlsPort }: Config): string {
  return tlsOnly ? `https://${hostInUrl(host)}:${tlsPort}` : `http://${hostInUrl(host)}:${port}`;
}

async function readHealth(base: string): Promise<{ wallet: string; version: string }> {
  if (!URL.canParse(base) || !/^https?:$/.test(new URL(base).protocol))
    throw new Error(`--url ${base}: expected an http or https address, such as http://127.0.0.1:4010`);
  const notReady = (reason: string) => new Error(`no emulator is ready at ${base}: ${reason}`);
  const request = sendRequest(`${base}/_emulator/health`, { signal: AbortSignal.timeout(timeoutMs), anyCertificate: true });
  const { status, body } = await request.catch((error: Error) => {
    throw notReady(error.message);
  });
  const text = await readText(body).catch((error: Error) => {
    throw notReady(error.message);
  });
  if (status !== 200 || !text.startsWith('{"status":"ok"')) throw notReady(`/_emulator/health answered HTTP ${status}`);
  return JSON.parse(text);
}
