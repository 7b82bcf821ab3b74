import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../emulator/config.js';
import { builtInFixtures, type Fixtures, loadFixtures } from '../records/fixtures.js';
import { checkFixtureScenarios } from '../tenants/scenario-check.js';
import { profilesOf } from './profiles-of.js';

/** Validates a folder of fixtures, its wallets included. @throws Error in one line: the file, the field and what was expected */
export async function check(config: Config): Promise<void> {
  const { fixtures: folder = builtInFixtures, wallet } = config;
  const fixtures = loadFixtures(config.fixtures);
  const { clients, apps, users, scenarios, appsWithoutClient } = fixtures;
  const profiles = profilesOf(config);
  const wallets = profiles.names();
  for (const name of wallets) {
    profiles.get(name);
    checkFirstUser(join(folder, 'wallets', `${name}.json`), fixtures);
  }
  checkFixtureScenarios(profiles.get(wallet), fixtures);
  const counts = [
    count(clients.size, 'client'),
    count(apps.size, 'mini program'),
    count(users.size, 'user'),
    count(wallets.length, 'wallet'),
    count(scenarios.length, 'scenario'),
  ];
  process.stdout.write(`${folder} is fine: ${counts.join(', ')}\n`);
  if (appsWithoutClient.length > 0) {
    const [are, their] = appsWithoutClient.length === 1 ? ['is', 'its client is'] : ['are', 'their clients are'];
    process.stdout.write(
      `Left out ${are} the built-in ${appsWithoutClient.join(', ')}, since ${their} not in clients.json: an apps.json beside it names your own.\n`,
    );
  }
}

/** An inherited user may be missing, where the folder has users of its own: then the first of them is logged in. */
function checkFirstUser(path: string, { users }: Fixtures): void {
  if (!existsSync(path)) return;
  const { firstUser } = JSON.parse(readFileSync(path, 'utf8')) as { firstUser?: string | null };
  if (firstUser && !users.has(firstUser)) throw new Error(`${path}: firstUser: expected one of users.json, got ${firstUser}`);
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? '' : 's'}`;
}
