import { basename, dirname, join, relative, sep } from 'node:path';
import type { ProfileSource } from '../profiles/schema.js';
import { suggestFileName } from '../profiles/suggest-name.js';
import { mergePatchBetween } from '../schemas/merge-patch.js';
import { text } from '../texts/text.js';
import { TextError } from '../texts/text-error.js';

export interface FileFacts {
  /** The path of the file, such as `wallets/ours.json`. */
  path: string;
  /** The profile that it extends: its name, or a path. */
  wallet: string;
  /** The origin of the profile, in a sentence or two. */
  note: string;
  /** The folder of the package's fixtures. */
  fixtures: string;
}

/**
 * Makes the content of a profile file that extends a wallet and has only what differs from it.
 * @throws TextError if the file's name cannot be a wallet's name
 */
export function profileFile(parent: ProfileSource, learned: ProfileSource, { path, wallet, note, fixtures }: FileFacts): object {
  const name = basename(path, '.json');
  if (!path.endsWith('.json') || !/^[a-z0-9][a-z0-9-]{0,62}$/.test(name))
    throw new TextError(text('learned-file-name', { example: join(dirname(path), `${suggestFileName(name)}.json`) }));
  const schema = relative(dirname(path), join(fixtures, 'wallet.schema.json')).split(sep).join('/');
  const {
    name: _,
    title: __,
    $schema: ___,
    note: ____,
    ...changes
  } = mergePatchBetween(parent, learned) as Record<string, unknown>;
  return { $schema: schema, extends: wallet, name, title: `${parent.title} (${name})`, note, ...changes };
}
