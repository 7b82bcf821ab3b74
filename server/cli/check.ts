import type { Config } from '../emulator/config.js';
import { checkFiles } from '../emulator/emulator.js';
import { fixtureNames, hasFixtures, unreadFileWarnings } from '../emulator/unread-files.js';
import type { Profiles } from '../profiles/profiles.js';
import { builtInFixtures, type Fixtures } from '../records/fixtures.js';
import { count } from './count.js';
import { printJson } from './print-json.js';

/**
 * Checks a folder of fixtures and its wallets, and warns of files that nothing reads.
 * @param json prints the result as JSON, with the problems in it; the exit status is 1 if there are any
 * @throws FilesInvalidError with all problems, in one line each: the file, the field and what was expected
 */
export async function check(config: Config, json = false): Promise<void> {
  const { fixtures: folder = builtInFixtures } = config;
  const { fixtures, profiles, problems } = await checkFiles(config);
  if (problems.all.length === 0 && !hasFixtures(folder))
    problems.add(`${folder}: no fixtures in this folder; expected at least one of ${fixtureNames}`);
  const unread = unreadFileWarnings(folder, [config.wallet]);
  const counts = countAll(fixtures, profiles);
  if (json) {
    const warnings = [...unread, ...skippedAppWarnings(fixtures), ...keylessWarnings(fixtures)];
    printJson({ folder, valid: problems.all.length === 0, problems: problems.all, warnings, counts });
    if (problems.all.length > 0) process.exitCode = 1;
    return;
  }
  process.stdout.write(unread.map((warning) => `Warning: ${warning}\n`).join(''));
  problems.throwIfAny();
  const notes = [...skippedAppWarnings(fixtures), ...keylessWarnings(fixtures).map((warning) => `Warning: ${warning}`)];
  process.stdout.write([`${folder} is valid: ${inWords(counts)}`, ...notes].map((line) => `${line}\n`).join(''));
}

/** Warns of clients whose every call is refused, because nothing can verify their signature. */
function keylessWarnings({ clients }: Fixtures): string[] {
  return [...clients.values()]
    .filter(({ signature, publicKey }) => signature === 'required' && publicKey === undefined)
    .map(
      ({ clientId }) =>
        `the client ${clientId} must sign and has no publicKey, so every call is refused. Add its publicKey, or set signature to optional.`,
    );
}

function countAll({ clients, apps, users, scenarios }: Fixtures, profiles: Profiles) {
  const wallets = profiles.names().length;
  return { clients: clients.size, apps: apps.size, users: users.size, wallets, scenarios: scenarios.length };
}

function inWords({ clients, apps, users, wallets, scenarios }: ReturnType<typeof countAll>): string {
  return [
    count(clients, 'client'),
    count(apps, 'mini program'),
    count(users, 'user'),
    count(wallets, 'wallet'),
    count(scenarios, 'scenario'),
  ].join(', ');
}

function skippedAppWarnings({ appsWithoutClient: apps }: Fixtures): string[] {
  if (apps.length === 0) return [];
  const [noun, verb] = apps.length === 1 ? ['mini program', 'its client is'] : ['mini programs', 'their clients are'];
  return [`Skipped built-in ${noun} ${apps.join(', ')}: ${verb} not in your clients.json. Add an apps.json to define your own.`];
}
