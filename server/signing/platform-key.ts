import type { KeyObject } from 'node:crypto';
import { join } from 'node:path';
import { FileError, readTextFile } from '../files/read-file.js';
import { packageRoot } from '../package-root.js';
import { inEnglish } from '../texts/write-text.js';
import { generatePrivateKey, readPrivateKey } from './keys.js';

const developmentKey = join(packageRoot, 'fixtures', 'keys', 'platform-development.private.pem');

/**
 * The key that signs the platform's answers. By default it is the built-in development key, which is public and never changes.
 *
 * @param source a PEM file, or `generate` for a new one
 * @throws Error that says what was expected; it does not name the file
 */
export async function platformKey(source: string | undefined): Promise<KeyObject> {
  if (source === 'generate') return generatePrivateKey();
  const path = source ?? developmentKey;
  try {
    return readPrivateKey(readTextFile(path));
  } catch (error) {
    const problem =
      error instanceof FileError ? `expected a PEM file, or "generate"; ${inEnglish(error.problem)}` : (error as Error).message;
    throw new Error(problem, { cause: error });
  }
}
