import type { SignatureMistake } from './mistake.js';

/** A signature that was opened with the public half of the key that made it. */
export interface OpenedSignature {
  /** The key made the signature beyond doubt. Otherwise a foreign signature looks like this once in some thousand cases. */
  certain: boolean;
  /** How it differs from RSASSA-PKCS1-v1_5 with SHA-256. Absent: it does not. */
  mistake?: SignatureMistake;
  /** Whether the signature is over this content, given in pieces. Only hashes are computed. */
  covers(content: readonly Buffer[]): boolean;
}
