/** The three ways in which clients write a signature's bytes. */
export const encodings = ['percent', 'plain', 'base64url'] as const;
export type Encoding = (typeof encodings)[number];

/**
 * Which of the three a value is written in: a `%` means percent-encoded Base64, a closing `=` plain Base64, and `-`, `_` or a
 * missing padding base64url.
 */
export function encodingOf(value: string): Encoding {
  if (value.includes('%')) return 'percent';
  return value.endsWith('=') && !/[-_]/.test(value) ? 'plain' : 'base64url';
}

/** @returns the signature's bytes, or undefined where the value is Base64 in none of the three ways */
export function decodeSignature(value: string): Buffer | undefined {
  let text = value;
  if (text.includes('%')) {
    try {
      text = decodeURIComponent(text);
    } catch {
      return undefined;
    }
  }
  return /^[A-Za-z0-9+/_-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64url') : undefined;
}

export function encodeSignature(bytes: Buffer, encoding: Encoding): string {
  if (encoding === 'base64url') return bytes.toString('base64url');
  const plain = bytes.toString('base64');
  return encoding === 'plain' ? plain : encodeURIComponent(plain);
}
