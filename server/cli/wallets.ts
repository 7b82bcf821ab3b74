import type { Config } from '../emulator/config.js';
import { profilesOf } from './profiles-of.js';

/** Lists the wallets that there are, a line each. @throws Error in one line for a bad profile */
export async function wallets(config: Config): Promise<void> {
  const profiles = profilesOf(config);
  const names = profiles.names();
  const width = Math.max(...names.map((name) => name.length));
  for (const name of names) {
    const { source, operations } = profiles.get(name);
    process.stdout.write(`${name.padEnd(width)}  ${source.title}: ${operations.keys().next().value}\n`);
  }
}
