import { text } from '../texts/text.js';
import { digestOf } from './digest.js';
import type { OpenedSignature } from './opened-signature.js';

const hashes = { sha256: 32, sha1: 20, sha512: 64, sha384: 48 } as const;
/** Fewer zero bytes than this before the salt may be chance. */
const certainZeros = 8;

/**
 * Reads an opened block as RSASSA-PSS (RFC 8017, 9.1.2), with any common hash and length of the salt.
 * @returns undefined if the block does not have this form
 */
export function readPss(block: Buffer): OpenedSignature | undefined {
  if (block.at(-1) !== 0xbc) return undefined;
  for (const [hash, length] of Object.entries(hashes)) {
    const masked = block.subarray(0, -length - 1);
    const digest = block.subarray(-length - 1, -1);
    // Java masks with SHA-1 by default, also if the hash is another one.
    for (const maskHash of new Set([hash, 'sha1'])) {
      const padded = unmask(masked, digest, maskHash);
      const zeros = padded.findIndex((byte) => byte !== 0);
      if (padded[zeros] !== 1) continue;
      const salt = padded.subarray(zeros + 1);
      if (zeros !== 0 && ![0, 20, length].includes(salt.length)) continue;
      return {
        certain: zeros >= certainZeros,
        mistake: {
          code: 'wrong-hash',
          message: text('pss-used', { hash: hash.toUpperCase() }),
        },
        covers: (content) => digestOf(hash, [Buffer.alloc(8), digestOf(hash, content), salt]).equals(digest),
      };
    }
  }
  return undefined;
}

/** Removes the mask that MGF1 makes (RFC 8017, B.2.1). The top bit of a block is not part of it. */
function unmask(masked: Buffer, seed: Buffer, hash: string): Buffer {
  const unmasked = Buffer.from(masked);
  for (let offset = 0, counter = 0; offset < masked.length; counter++) {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    for (const byte of digestOf(hash, [seed, count])) {
      if (offset === masked.length) break;
      unmasked[offset] = (unmasked[offset] as number) ^ byte;
      offset++;
    }
  }
  unmasked[0] = (unmasked[0] as number) & 0x7f;
  return unmasked;
}
