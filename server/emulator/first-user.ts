import { sep } from 'node:path';
import { readDataFile } from '../files/read-data-file.js';
import type { Profiles } from '../profiles/profiles.js';
import { builtInFixtures, type Fixtures } from '../records/fixtures.js';

/**
 * Checks the first user that a profile's own file names. One that is inherited, or that a built-in profile names, may be missing: then
 * the first user of users.json is logged in.
 * @throws Error in one line: the file, the field and what was expected
 */
export function checkFirstUser(profiles: Profiles, name: string, { userIds }: Fixtures): void {
  const path = profiles.fileOf(name);
  if (path === undefined || userIds === undefined || path.startsWith(builtInFixtures + sep)) return;
  const { content, placeOf } = readDataFile(path);
  const { firstUser } = (content ?? {}) as { firstUser?: string | null };
  if (firstUser && !userIds.has(firstUser))
    throw new Error(`${path}: ${placeOf(['firstUser'])}firstUser: expected a user of users.json, got ${firstUser}`);
}
