import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Profiles } from '../profiles/profiles.js';
import type { ProfileSource } from '../profiles/schema.js';
import { builtInFixtures } from '../records/fixtures.js';
import { scratchFolder } from './emulator.js';

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

/**
 * Writes the profile `mine`, which extends the built-in one, into a new folder. The path `/reserved` is the emulator's own.
 * @param others more profiles: name → content
 */
export function loadProfile(changes: object, others: Record<string, object> = {}) {
  const folder = scratchFolder();
  const files = { mine: { extends: 'platform-v2', name: 'mine', title: 'Mine', ...changes }, ...others };
  for (const [name, file] of Object.entries(files)) writeFileSync(join(folder, `${name}.json`), JSON.stringify(file));
  const profiles = new Profiles([folder, join(builtInFixtures, 'wallets')], () => '');
  profiles.reserve((path) => /^\/reserved(?=\/|$)/.exec(path)?.[0]);
  return { folder, get: (name = 'mine') => profiles.open(name) };
}
