import type { SignatureMistakeCode } from '../engine/finding-codes.js';
import type { Text } from '../texts/text.js';

/** One mistake of a signer. */
export interface SignatureMistake {
  code: SignatureMistakeCode;
  message: Text;
}

/** A mistake that was looked for and not made. */
export interface RuledOut {
  code: SignatureMistakeCode;
  /** The number of contents, keys or encodings that were tried. */
  tried: number;
}

/** The result of the search for the signer's mistakes. */
export interface SignatureExplanation {
  /** One or more. */
  mistakes: SignatureMistake[];
  /** The content that was signed; absent if it is not known. */
  signed?: Buffer;
  ruledOut: RuledOut[];
}
