import type { SignatureMistakeCode } from '../engine/finding-codes.js';

/** One mistake of a signer. */
export interface SignatureMistake {
  code: SignatureMistakeCode;
  message: string;
}
