import { english } from './english/english.js';
import type { Text, TextCode, TextValue } from './text.js';

/** Changes every string among the values of a sentence, also in the sentences inside it. */
export function mapStrings({ code, values }: Text, change: (words: string) => string): Text {
  if (values === undefined) return { code };
  const changed = Object.entries(values).map(([name, value]) => [name, mapValue(value, change)]);
  return { code, values: Object.fromEntries(changed) };
}

function mapValue(value: TextValue, change: (words: string) => string): TextValue {
  if (typeof value === 'string') return change(value);
  if (typeof value === 'number') return value;
  if ('code' in value) return mapStrings(value, change);
  return value.map((item) => mapValue(item, change)) as readonly string[] | readonly Text[];
}

/** Reads a sentence from a file. @returns undefined if it is not one, or if its code comes from another version */
export function readStoredText(stored: unknown): Text | undefined {
  if (!isObject(stored)) return undefined;
  const { code, values } = stored;
  if (typeof code !== 'string' || !Object.hasOwn(english, code)) return undefined;
  if (values === undefined) return { code: code as TextCode };
  if (!isObject(values)) return undefined;
  const read = Object.entries(values).map(([name, value]) => [name, readValue(value)] as const);
  return read.some(([, value]) => value === undefined)
    ? undefined
    : { code: code as TextCode, values: Object.fromEntries(read) as Record<string, TextValue> };
}

function readValue(value: unknown): TextValue | undefined {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (!Array.isArray(value)) return readStoredText(value);
  if (value.every((item) => typeof item === 'string')) return value;
  const texts = value.map(readStoredText);
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
