import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../emulator/config.js';
import { loadFixturesAndProfiles } from '../emulator/emulator.js';
import type { Profiles } from '../profiles/profiles.js';
import { builtInFixtures, type Fixtures } from '../records/fixtures.js';

/** Checks a folder of fixtures and its wallets. @throws Error in one line: the file, the field and what was expected */
export async function check(config: Config): Promise<void> {
  const { fixtures: folder = builtInFixtures } = config;
  const { fixtures, profiles } = await loadFixturesAndProfiles(config);
  checkWallets(folder, profiles, fixtures);
  process.stdout.write(`${folder} is valid: ${countAll(fixtures, profiles)}\n${skippedApps(fixtures)}`);
}

function checkWallets(folder: string, profiles: Profiles, fixtures: Fixtures): void {
  for (const name of profiles.names()) {
    profiles.get(name);
    checkFirstUser(join(folder, 'wallets', `${name}.json`), fixtures);
  }
}

/** Only a profile's own first user must exist. An inherited one may be missing; then the first user of users.json is logged in. */
function checkFirstUser(path: string, { users }: Fixtures): void {
  if (!existsSync(path)) return;
  const { firstUser } = JSON.parse(readFileSync(path, 'utf8')) as { firstUser?: string | null };
  if (firstUser && !users.has(firstUser)) throw new Error(`${path}: firstUser: expected a user of users.json, got ${firstUser}`);
}

function countAll({ clients, apps, users, scenarios }: Fixtures, profiles: Profiles): string {
  return [
    count(clients.size, 'client'),
    count(apps.size, 'mini program'),
    count(users.size, 'user'),
    count(profiles.names().length, 'wallet'),
    count(scenarios.length, 'scenario'),
  ].join(', ');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function skippedApps({ appsWithoutClient: apps }: Fixtures): string {
  if (apps.length === 0) return '';
  const [noun, verb] = apps.length === 1 ? ['mini program', 'its client is'] : ['mini programs', 'their clients are'];
  return `Skipped built-in ${noun} ${apps.join(', ')}: ${verb} not in your clients.json. Add an apps.json to define your own.\n`;
}
