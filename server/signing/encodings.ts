/** The encodings that clients use for a signature's bytes. */
export const encodings = ['percent', 'plain', 'base64url'] as const;
export type Encoding = (typeof encodings)[number];

/**
 * Recognises the encoding of a value: `%` means percent-encoded Base64, a final `=` means plain Base64, and `-`, `_` or missing
 * padding means base64url.
 */
export function encodingOf(value: string): Encoding {
  if (value.includes('%')) return 'percent';
  return value.endsWith('=') && !/[-_]/.test(value) ? 'plain' : 'base64url';
}

/** Decodes a signature. @returns undefined if the value is not Base64 in any of the encodings */
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
