import { constants, type KeyObject, publicDecrypt } from 'node:crypto';
import { text } from '../texts/text.js';
import { digestOf } from './digest.js';
import type { OpenedSignature } from './opened-signature.js';
import { readPss } from './pss.js';

/** The DER encoding of DigestInfo up to the digest (RFC 8017, 9.2, note 1). */
const digestInfos: Readonly<Record<string, string>> = {
  sha256: '3031300d060960864801650304020105000420',
  sha1: '3021300906052b0e03021a05000414',
  sha512: '3051300d060960864801650304020305000440',
  sha384: '3041300d060960864801650304020205000430',
  sha224: '302d300d06096086480165030402040500041c',
  md5: '3020300c06082a864886f70d020505000410',
};

/** The hashes that a bare digest may come from, by its length in bytes. */
const hashesByLength: Readonly<Record<number, string>> = { 16: 'md5', 20: 'sha1', 32: 'sha256', 48: 'sha384', 64: 'sha512' };

/**
 * Opens a signature with a public key (RSAVP1 of RFC 8017, 5.2.2). A signature that another key made gives random bytes.
 * @returns undefined if the key did not make the signature
 */
export function openSignature(signature: Buffer, key: KeyObject): OpenedSignature | undefined {
  let block: Buffer;
  try {
    block = publicDecrypt({ key, padding: constants.RSA_NO_PADDING }, signature);
  } catch {
    return undefined;
  }
  const payload = payloadOf(block);
  if (payload !== undefined) return readPayload(payload);
  // A shorter value is no signature by this key, and may look like PSS by chance.
  return signature.length === block.length ? readPss(block) : undefined;
}

/** Removes the padding of PKCS #1 v1.5: 00 01, at least eight FF, 00. Returns undefined if the block has another padding. */
function payloadOf(block: Buffer): Buffer | undefined {
  if (block[0] !== 0 || block[1] !== 1) return undefined;
  const end = block.indexOf(0, 2);
  return end >= 10 && block.subarray(2, end).every((byte) => byte === 0xff) ? block.subarray(end + 1) : undefined;
}

function readPayload(payload: Buffer): OpenedSignature {
  const hex = payload.toString('hex');
  for (const [hash, prefix] of Object.entries(digestInfos)) {
    if (!hex.startsWith(prefix)) continue;
    const digest = payload.subarray(prefix.length / 2);
    const covers = (content: readonly Buffer[]) => digestOf(hash, content).equals(digest);
    if (hash === 'sha256') return { certain: true, covers };
    const message = text('other-hash', { hash: hash.toUpperCase() });
    return { certain: true, mistake: { code: 'wrong-hash', message }, hash: hash.toUpperCase(), covers };
  }
  return {
    certain: true,
    mistake: {
      code: 'wrong-hash',
      message: text('no-digest-info'),
    },
    covers: (content) => {
      const bare = hashesByLength[payload.length];
      const isBare = bare !== undefined && digestOf(bare, content).equals(payload);
      return isBare || digestOf('sha256', content).toString('hex') === payload.toString('latin1').toLowerCase();
    },
  };
}
