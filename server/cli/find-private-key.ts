import { createPublicKey, type KeyObject } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { hasDemoKey } from '../console/demo/merchant.js';
import { readTextFile } from '../files/read-file.js';
import { unreadableFolder } from '../files/unreadable-folder.js';
import { readPrivateKey } from '../signing/keys.js';
import { demoKeyFiles } from './keys.js';

/**
 * Finds the private key of a client: the demo key, or one in the folder `keys` of the fixtures, as `init` writes it.
 * @param fixtures the folder of fixtures; absent: only the built-in ones are used
 * @returns the absolute path of its file; undefined if there is none
 */
export async function findPrivateKey(
  publicKey: KeyObject | undefined,
  fixtures: string | undefined,
): Promise<string | undefined> {
  if (publicKey === undefined) return undefined;
  if (await hasDemoKey(publicKey)) return demoKeyFiles.privateKey;
  const folder = fixtures === undefined ? undefined : resolve(fixtures, 'keys');
  if (folder === undefined || !existsSync(folder) || unreadableFolder(folder) !== undefined) return undefined;
  const files = readdirSync(folder).filter((name) => name.endsWith('.private.pem'));
  return files.map((name) => resolve(folder, name)).find((file) => isPrivateKeyOf(file, publicKey));
}

function isPrivateKeyOf(file: string, publicKey: KeyObject): boolean {
  try {
    return createPublicKey(readPrivateKey(readTextFile(file))).equals(publicKey);
  } catch {
    // Another file of the user.
    return false;
  }
}
