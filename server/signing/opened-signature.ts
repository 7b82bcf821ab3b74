import type { SignatureMistake } from './mistake.js';

/** A signature that was opened with the public half of the key that made it. */
export interface OpenedSignature {
  /** True if the key made the signature beyond doubt. If false, one in some thousand signatures by other keys looks the same. */
  certain: boolean;
  /** The difference to RSASSA-PKCS1-v1_5 with SHA-256. Absent if there is none. */
  mistake?: SignatureMistake;
  /** The hash that was signed, such as SHA1, if it is known and not SHA-256. */
  hash?: string;
  /** Tells whether the signature is over this content, which is given in pieces. It computes hashes only. */
  covers(content: readonly Buffer[]): boolean;
}
