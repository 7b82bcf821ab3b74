import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ProfileSource } from '../profiles/schema.js';
import { builtInFixtures } from '../records/fixtures.js';

/** A copy of the built-in profile that a test can change. */
export function profileSource(): ProfileSource {
  return JSON.parse(readFileSync(join(builtInFixtures, 'wallets', 'platform-v2.json'), 'utf8'));
}

/**
 * Writes a profile that differs from the built-in one.
 * @param folder the setting `wallet` takes a profile's name only if this is the folder `wallets` of the emulator's fixtures
 * @returns the file, as `--wallet` takes it
 */
export function writeProfile(folder: string, name: string, change: (source: ProfileSource) => void): string {
  const source = { ...profileSource(), name };
  change(source);
  const path = join(folder, `${name}.json`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path, JSON.stringify(source));
  return path;
}
