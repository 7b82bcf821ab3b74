/** What a Signature header says. */
export interface SignatureHeader {
  algorithm: string;
  keyVersion?: string;
  /** As written, in whichever encoding. */
  signature: string;
}

const algorithms = new Set(['rsa256', 'sha256withrsa', 'rs256']);

/**
 * Reads `algorithm=RSA256, keyVersion=1, signature=<value>`: pairs in any order, the space after the comma optional, names
 * case-insensitive, keyVersion optional. A pair is split on its first `=` only, since a value may contain more.
 *
 * @param own how the wallet names the algorithm: taken besides the usual names
 * @returns what it says, or what is wrong with it, in a few words
 */
export function parseSignatureHeader(header: string, own = 'RSA256'): SignatureHeader | { mistake: string } {
  const pairs = new Map<string, string>();
  for (const pair of header.split(',')) {
    const equals = pair.indexOf('=');
    if (equals > 0) pairs.set(pair.slice(0, equals).trim().toLowerCase(), pair.slice(equals + 1).trim());
  }
  const signature = pairs.get('signature');
  if (!signature) return { mistake: 'it has no "signature=": expected "algorithm=RSA256, keyVersion=1, signature=<value>"' };
  const algorithm = pairs.get('algorithm') ?? 'RSA256';
  if (!algorithms.has(algorithm.toLowerCase()) && algorithm.toLowerCase() !== own.toLowerCase())
    return { mistake: `its algorithm is ${algorithm}: expected ${own}` };
  const keyVersion = pairs.get('keyversion');
  return { algorithm, ...(keyVersion !== undefined && { keyVersion }), signature };
}

/** Writes a header in the order that clients parse. */
export function formatSignatureHeader(algorithm: string, signature: string): string {
  return `algorithm=${algorithm}, keyVersion=1, signature=${signature}`;
}
