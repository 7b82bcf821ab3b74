import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The fixtures folder of this worker's emulator. It has only the profiles that tests add. */
export const fixturesFolder = mkdtempSync(join(tmpdir(), 'billetera-e2e-'));
mkdirSync(join(fixturesFolder, 'wallets'));
process.once('exit', () => rmSync(fixturesFolder, { recursive: true, force: true }));

/** Adds a profile to the running emulator. @returns its name, for the setting `wallet` */
export function addProfile(profile: { name: string; [field: string]: unknown }): string {
  writeFileSync(join(fixturesFolder, 'wallets', `${profile.name}.json`), JSON.stringify(profile));
  return profile.name;
}
