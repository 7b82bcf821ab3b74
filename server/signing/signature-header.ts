import { type Text, text } from '../texts/text.js';
import { type Encoding, encodingOf } from './encodings.js';

/** A parsed Signature header. */
export interface SignatureHeader {
  algorithm: string;
  keyVersion?: string;
  /** The value as it was sent, still encoded. */
  signature: string;
  encoding: Encoding;
}

const algorithms = new Set(['rsa256', 'sha256withrsa', 'rs256']);

/** A Signature header that cannot be parsed. */
export interface InvalidSignatureHeader {
  /** The header as it was sent. */
  header: string;
  /** The problem, in a few words. */
  mistake: Text;
}

/**
 * Parses `algorithm=RSA256, keyVersion=1, signature=<value>`. The pairs may have any order, the space after a comma is optional, names
 * are case-insensitive, and keyVersion is optional. A pair is split on its first `=`, because the value may contain more.
 *
 * @param own the wallet's name for the algorithm, which is accepted besides the usual names
 * @returns the parsed header, or what is wrong with it
 */
export function parseSignatureHeader(header: string, own = 'RSA256'): SignatureHeader | InvalidSignatureHeader {
  const pairs = readSignaturePairs(header);
  const signature = pairs.get('signature');
  if (!signature) return { header, mistake: text('header-without-signature') };
  const algorithm = pairs.get('algorithm') ?? 'RSA256';
  if (!algorithms.has(algorithm.toLowerCase()) && algorithm.toLowerCase() !== own.toLowerCase())
    return { header, mistake: text('header-algorithm', { algorithm, expected: own }) };
  const keyVersion = pairs.get('keyversion');
  return { algorithm, ...(keyVersion !== undefined && { keyVersion }), signature, encoding: encodingOf(signature) };
}

/** Reads the pairs of a Signature header, whatever they are. Names are in lower case. */
export function readSignaturePairs(header: string): Map<string, string> {
  const pairs = new Map<string, string>();
  for (const pair of header.split(',')) {
    const equals = pair.indexOf('=');
    if (equals > 0) pairs.set(pair.slice(0, equals).trim().toLowerCase(), pair.slice(equals + 1).trim());
  }
  return pairs;
}

/** Writes a header with its pairs in the order that clients expect. */
export function formatSignatureHeader(algorithm: string, signature: string): string {
  return `algorithm=${algorithm}, keyVersion=1, signature=${signature}`;
}
