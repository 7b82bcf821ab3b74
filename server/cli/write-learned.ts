import { dirname, join } from 'node:path';
import { FileError } from '../files/read-file.js';
import type { LearnedProfile } from '../learning/learn-profile.js';
import { profileFile } from '../learning/profile-file.js';
import { profileNameOf } from '../profiles/profile-folders.js';
import type { ProfileSource } from '../profiles/schema.js';
import type { Exchange } from '../recordings/exchange.js';
import { builtInFixtures } from '../records/fixtures.js';
import { text } from '../texts/text.js';
import { TextError } from '../texts/text-error.js';
import { checkNew, writeNewFile } from './write-new-file.js';

/** The sources of a learned profile. */
export interface LearnedFrom {
  /** The file or folder of the recording. */
  path: string;
  recording: readonly Exchange[];
  parent: ProfileSource;
  /** The profile that it extends, as the file names it. */
  wallet: string;
}

/**
 * @param known the names of all wallets. The new profile extends one of them, and that one may extend others
 * @throws FileError if a profile cannot be written to a path: it exists, or its name cannot be a wallet's, or is one's already
 */
export function checkTarget(path: string, from: LearnedFrom, known: readonly string[]): void {
  checkNew(path);
  contentOf(path, from.parent, from);
  const name = profileNameOf(path);
  if (known.includes(name))
    throw new FileError(path, text('learned-name-taken', { name, example: join(dirname(path), `my-${name}.json`) }));
}

/**
 * Writes a learned profile. It never writes over a file.
 * @throws FileError if the file cannot be written
 */
export function writeLearned(path: string, { source }: LearnedProfile, from: LearnedFrom): void {
  writeNewFile(path, contentOf(path, source, from));
}

function contentOf(path: string, source: ProfileSource, { path: recordingPath, recording, parent, wallet }: LearnedFrom): object {
  try {
    return profileFile(parent, source, { path, wallet, note: noteOf(recordingPath, recording), fixtures: builtInFixtures });
  } catch (error) {
    if (error instanceof TextError) throw new FileError(path, error.message, error);
    throw error;
  }
}

/** A sentence about the origin of the profile. */
function noteOf(path: string, recording: readonly Exchange[]): string {
  const times = recording.map(({ at }) => at).filter((at) => at > 0);
  const day = times.length === 0 ? '' : ` of ${new Date(Math.min(...times)).toISOString().slice(0, 10)}`;
  return `Learned by billetera compare from the recording ${path}${day}, with ${recording.length} calls. Values that only the platform sends are from there.`;
}
