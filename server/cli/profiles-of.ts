import { join } from 'node:path';
import type { Config } from '../config.js';
import { builtInFixtures } from '../directory/fixtures.js';
import { Profiles } from '../profiles/load.js';

/** The profiles that a command may read without an emulator: those of the fixtures folder, and the built-in ones. */
export function profilesOf({ fixtures }: Config): Profiles {
  const folders = [...(fixtures === undefined ? [] : [fixtures]), builtInFixtures];
  return new Profiles(
    folders.map((folder) => join(folder, 'wallets')),
    () => 'http://127.0.0.1:4010',
  );
}
