import { join } from 'node:path';
import { ProblemList } from '../files/problem-list.js';
import { Profiles } from '../profiles/profiles.js';
import { builtInFixtures, type Fixtures, findFolderProblem, readFixtures } from '../records/fixtures.js';
import { fixtureScenarioProblems } from '../tenants/check-scenario.js';
import type { Config } from './config.js';
import { withErrorCode } from './emulator-error.js';
import { checkFirstUser } from './first-user.js';

/** The fixtures and profiles of a configuration. */
export interface LoadedFiles {
  fixtures: Fixtures;
  /** The profile of the configured wallet is loaded. The others are loaded at their first use. */
  profiles: Profiles;
  /** The name of the configured wallet, also if the configuration gives its path. */
  wallet: string;
}

/** The folders of fixture files. The first folder that has a file wins. */
export function fixtureFolders({ fixtures }: Pick<Config, 'fixtures'>): string[] {
  return fixtures === undefined ? [builtInFixtures] : [fixtures, builtInFixtures];
}

/**
 * Reads the fixtures and the profile of the configured wallet, and collects their problems in two lists.
 * @param baseUrl returns the emulator's address, once it is known
 */
export function readFiles(config: Config, baseUrl: () => string, inFixtures: ProblemList, inProfiles: ProblemList): LoadedFiles {
  const fixtures = readFixtures(config.fixtures, inFixtures);
  const folders = fixtureFolders(config).map((folder) => join(folder, 'wallets'));
  const profiles = new Profiles(folders, baseUrl);
  // In a folder that cannot be read, the wallet is most often missing too. The folder's problem says enough.
  const isReadable = config.fixtures === undefined || findFolderProblem(config.fixtures) === undefined;
  const profile = isReadable ? inProfiles.try(() => profiles.open(config.wallet)) : undefined;
  if (profile !== undefined) {
    inFixtures.add(...fixtureScenarioProblems(profile, fixtures));
    inProfiles.try(() => checkFirstUser(profiles, profile.name, fixtures));
  }
  return { fixtures, profiles, wallet: profile?.name ?? config.wallet };
}

/**
 * Reads the fixtures and the profile of the configured wallet.
 * @throws EmulatorError if one is invalid. Its cause has all problems
 */
export async function loadFiles(config: Config, baseUrl: () => string): Promise<LoadedFiles> {
  const [inFixtures, inProfiles] = [new ProblemList(), new ProblemList()];
  const loaded = readFiles(config, baseUrl, inFixtures, inProfiles);
  const isFixture = inFixtures.all.length > 0;
  inFixtures.add(...inProfiles.all);
  await withErrorCode(isFixture ? 'FIXTURES_INVALID' : 'PROFILE_INVALID', () => inFixtures.throwIfAny());
  return loaded;
}

/**
 * Reads the fixtures and the profiles in use again.
 * @returns the fixtures, and the name of the configured wallet
 * @throws FilesInvalidError with all problems; then nothing has changed
 */
export function readFilesAgain(config: Config, profiles: Profiles): { fixtures: Fixtures; wallet: string } {
  const problems = new ProblemList();
  const fixtures = readFixtures(config.fixtures, problems);
  const read = profiles.readAgain(problems, config.wallet);
  if (read.added !== undefined) problems.add(...fixtureScenarioProblems(read.added, fixtures));
  for (const name of read.compiled.keys()) problems.try(() => checkFirstUser(profiles, name, fixtures));
  problems.throwIfAny();
  profiles.use(read);
  return { fixtures, wallet: read.added?.name ?? config.wallet };
}
