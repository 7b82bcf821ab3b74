import { maxDepth } from '../files/read-file.js';
import { depthOf } from '../schemas/depth.js';

/** A JSON object that was read. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads a JSON object. @returns undefined if the bytes are something else, or are nested more deeply than any wallet's JSON */
export function readObject(bytes: Buffer): JsonObject | undefined {
  const written = bytes.toString().replace(/^\ufeff/, '');
  if (depthOf(written) > maxDepth) return undefined;
  try {
    const value: unknown = JSON.parse(written);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
