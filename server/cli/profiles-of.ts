import { join } from 'node:path';
import type { Config } from '../emulator/config.js';
import { Profiles } from '../profiles/profiles.js';
import { builtInFixtures, expectFolder } from '../records/fixtures.js';

/** The profiles that a command may read without an emulator: those of the fixtures folder, and the built-in ones. @throws Error for a folder that is none */
export function profilesOf({ fixtures }: Config): Profiles {
  if (fixtures !== undefined) expectFolder(fixtures);
  const folders = [...(fixtures === undefined ? [] : [fixtures]), builtInFixtures];
  return new Profiles(
    folders.map((folder) => join(folder, 'wallets')),
    () => 'http://127.0.0.1:4010',
  );
}
