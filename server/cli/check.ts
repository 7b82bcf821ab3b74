import { join } from 'node:path';
import type { Config } from '../config.js';
import { builtInFixtures, loadFixtures } from '../directory/fixtures.js';
import { Profiles } from '../profiles/load.js';
import { checkFixtureScenarios } from '../tenants/scenario-check.js';

/** Validates a folder of fixtures, its wallets included. @throws Error in one line: the file, the field and what was expected */
export async function check({ fixtures: folder, wallet }: Config): Promise<void> {
  const fixtures = loadFixtures(folder);
  const { clients, apps, users, scenarios } = fixtures;
  const folders = [...(folder === undefined ? [] : [folder]), builtInFixtures].map((root) => join(root, 'wallets'));
  const profiles = new Profiles(folders, () => 'http://127.0.0.1');
  const wallets = profiles.names();
  for (const name of wallets) profiles.get(name);
  checkFixtureScenarios(profiles.get(wallet), fixtures);
  process.stdout.write(
    `${folder ?? builtInFixtures} is fine: ${clients.size} clients, ${apps.size} mini programs, ${users.size} users, ${wallets.length} wallets, ${scenarios.length} scenarios\n`,
  );
}
