import { createHash } from 'node:crypto';

/** The digest of a content that is given in pieces. */
export function digestOf(hash: string, content: readonly Buffer[]): Buffer {
  const hasher = createHash(hash);
  for (const piece of content) hasher.update(piece);
  return hasher.digest();
}
