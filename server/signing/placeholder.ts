import { text } from '../texts/text.js';
import { decodeSignature } from './encodings.js';
import type { SignatureMistake } from './mistake.js';

/** The shortest RSA signature in use is by a key of 1,024 bits, in bytes. */
export const minSignatureBytes = 128;
/** The lengths of HMACs, in bytes, from MD5 to SHA-512. A value of such a length is a signature of another kind. */
const hmacBytes = [16, 20, 32, 48, 64];

/** A header that is one word, such as `testing_signature`. */
const oneWord = /^[\w-]{1,127}$/;
const placeholderWord = /sign|test|dummy|fake|mock|placeholder|sample/i;

/** Recognizes a whole header that is a placeholder, as `placeholderMistake` does for the value inside. */
export function headerPlaceholderMistake(header: string): SignatureMistake | undefined {
  return oneWord.test(header) && placeholderWord.test(header) ? mistakeOf(header) : undefined;
}

/**
 * Recognizes a value that only takes the place of a signature, such as `testing_signature`. Sandboxes accept it.
 * @param value what the header gives as the signature
 * @returns undefined if the value can be a signature of some kind
 */
export function placeholderMistake(value: string): SignatureMistake | undefined {
  return isPlaceholder(value) ? mistakeOf(value) : undefined;
}

function mistakeOf(value: string): SignatureMistake {
  return {
    code: 'placeholder-signature',
    message: text('placeholder-sent', { value: value.slice(0, 40) }),
  };
}

function isPlaceholder(value: string): boolean {
  if (value.length >= minSignatureBytes) return false;
  if (/^[a-z]+([ _-][a-z]+)*$/i.test(value) || /^[<{$[].*[>}\]]$/.test(value)) return true;
  const bytes = decodeSignature(value);
  if (bytes === undefined) return false;
  const length = /^[0-9a-f]+$/i.test(value) ? value.length / 2 : bytes.length;
  return !hmacBytes.includes(length) && !isDer(bytes);
}

/** Tells whether the bytes are a DER sequence, as ECDSA signatures are. */
function isDer(bytes: Buffer): boolean {
  return bytes[0] === 0x30 && bytes[1] === bytes.length - 2;
}
