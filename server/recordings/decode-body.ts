import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';
import { type Header, headerOf } from './exchange.js';

/** A decoded body is at most this long, in bytes. A compressed one can be a thousand times smaller. */
const maxDecodedBytes = 16 * 1024 * 1024;
const limit = { maxOutputLength: maxDecodedBytes };

const decoders: Readonly<Record<string, (bytes: Buffer) => Buffer>> = {
  gzip: (bytes) => gunzipSync(bytes, limit),
  'x-gzip': (bytes) => gunzipSync(bytes, limit),
  // Some servers send the stream without the header of zlib.
  deflate: (bytes) => attempt(() => inflateSync(bytes, limit)) ?? inflateRawSync(bytes, limit),
  br: (bytes) => brotliDecompressSync(bytes, limit),
  identity: (bytes) => bytes,
};

/**
 * Undoes the content coding that the headers name.
 * @returns the bytes as they are if they do not have this coding, because most tools write a body decoded, with the headers of the
 * coded one
 */
export function decodeBody(headers: readonly Header[], bytes: Buffer): Buffer {
  const codings = (headerOf(headers, 'content-encoding') ?? '').toLowerCase().split(',');
  return codings
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '')
    .reduceRight((decoded, coding) => attempt(() => decoders[coding]?.(decoded)) ?? decoded, bytes);
}

function attempt<Value>(step: () => Value): Value | undefined {
  try {
    return step();
  } catch {
    return undefined;
  }
}
