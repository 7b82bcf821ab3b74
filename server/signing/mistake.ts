import type { SignatureMistakeCode } from '../engine/finding-codes.js';
import type { Text } from '../texts/text.js';

/** One mistake of a signer. */
export interface SignatureMistake {
  code: SignatureMistakeCode;
  message: Text;
}
