import type { Config } from '../emulator/config.js';
import { checkFiles } from '../emulator/emulator.js';
import { printJson } from './print-json.js';

/**
 * Lists all wallets, one line each.
 * @param json prints them as JSON
 * @throws FilesInvalidError if a fixture or a profile is invalid
 */
export async function wallets(config: Config, json = false): Promise<void> {
  const { profiles, problems } = await checkFiles(config);
  problems.throwIfAny();
  const listed = profiles.names().map((name) => {
    const { source, operations } = profiles.get(name);
    return { name, title: source.title, paths: [...operations.keys()] };
  });
  if (json) return printJson({ wallets: listed });
  const width = Math.max(...listed.map(({ name }) => name.length));
  for (const { name, title, paths } of listed) process.stdout.write(`${name.padEnd(width)}  ${title}: ${paths[0]}\n`);
}
