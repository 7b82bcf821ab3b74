import type { Config } from '../emulator/config.js';
import { checkFiles } from '../emulator/emulator.js';

/** Lists all wallets, one line each. @throws FilesInvalidError if a fixture or a profile is invalid */
export async function wallets(config: Config): Promise<void> {
  const { profiles, problems } = await checkFiles(config);
  problems.throwIfAny();
  const names = profiles.names();
  const width = Math.max(...names.map((name) => name.length));
  for (const name of names) {
    const { source, operations } = profiles.get(name);
    process.stdout.write(`${name.padEnd(width)}  ${source.title}: ${operations.keys().next().value}\n`);
  }
}
