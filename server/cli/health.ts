import { json as readJson } from 'node:stream/consumers';
import type { Config } from '../emulator/config.js';
import { sendCall } from '../sdk/client/call.js';
import { remoteWallet } from './remote-wallet.js';
import { runningAddress } from './running-address.js';

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
  // The call has no secret, so every certificate is accepted.
  const { wallet, options } = remoteWallet(runningAddress(url, config, env), {}, { anyCertificate: true });
  const { status, body } = await sendCall(wallet.url, options, 'GET', '/health');
  const answer = (await readJson(body)) as { status: string; wallet: string; version: string; message?: string };
  if (answer.status !== 'ok')
    throw new Error(`no emulator is ready at ${wallet.url}: /_emulator/health answered HTTP ${status}: ${answer.message}`);
  process.stdout.write(
    json ? `${JSON.stringify(answer)}\n` : `ready: ${wallet.url}, wallet ${answer.wallet}, version ${answer.version}\n`,
  );
}
