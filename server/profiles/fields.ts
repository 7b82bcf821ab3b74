import type { FieldSource } from './schema.js';

/** What a request said, by the engine's names and, for what only the wallet knows, by the wire's. */
export type Fields = Readonly<Record<string, unknown>>;

export type FieldsReader = (body: Record<string, unknown>) => { fields: Fields } | { field: string; message: string };

/** Refused in ids, codes and tokens (protocol: applyToken). */
const forbidden = /[@#?]/;

/**
 * Compiles the request fields of an operation into a reader that checks and renames them. Fields that it does not know are let
 * through unread, as the platform does; null, the empty text and the empty list count as left out.
 *
 * @param strict whether fields that are required by the letter alone are required
 */
export function compileFields(sources: Readonly<Record<string, FieldSource>>, strict: boolean): FieldsReader {
  const readers = Object.entries(sources).map(([name, source]) => ({
    name,
    as: source.as ?? name,
    source,
    read: compileField(name, source),
  }));
  return (body) => {
    const fields: Record<string, unknown> = {};
    for (const { name, as, source, read } of readers) {
      const value = body[name];
      if (
        value === undefined ||
        value === null ||
        value === '' ||
        (source.type === 'list' && Array.isArray(value) && value.length === 0)
      ) {
        if (isRequired(source, fields, strict)) return { field: name, message: `${name} is missing: ${expectation(source)}` };
        if (source.default !== undefined) fields[as] = source.default;
        continue;
      }
      const result = read(value);
      if ('problem' in result) return { field: name, message: `${name} ${result.problem}` };
      fields[as] = result.value;
    }
    return { fields };
  };
}

function isRequired({ required }: FieldSource, fields: Fields, strict: boolean): boolean {
  if (required === undefined || typeof required === 'boolean') return required === true;
  if (required === 'strict') return strict;
  return Object.entries(required).every(([field, value]) => fields[field] === value);
}

function expectation({ type = 'string', required, enum: values, max }: FieldSource): string {
  const when =
    typeof required === 'object'
      ? ` when ${Object.entries(required)
          .map(([field, value]) => `${field} is ${value}`)
          .join(' and ')}`
      : '';
  if (values) return `expected one of ${values.join(', ')}${when}`;
  const what = { string: 'a string', list: 'a list of strings', text: 'a string or an object', any: 'a value' }[type];
  return `expected ${what}${max === undefined ? '' : ` of at most ${max} characters`}${when}`;
}

type Reading = { value: unknown } | { problem: string };

function compileField(name: string, source: FieldSource): (value: unknown) => Reading {
  const { type = 'string', max, enum: values, form, pattern } = source;
  const shape = pattern === undefined ? undefined : compilePattern(name, pattern);
  const readString = (value: string): Reading => {
    if (max !== undefined && value.length > max)
      return { problem: `is too long: at most ${max} characters, and it has ${value.length}` };
    if (form === 'id' && forbidden.test(value))
      return { problem: 'has a forbidden character: @, # and ? are refused in ids, codes and tokens' };
    if (values !== undefined && !values.includes(value))
      return { problem: `is "${value.slice(0, 40)}": expected one of ${values.join(', ')}` };
    if (shape !== undefined && !shape.test(value))
      return { problem: `is "${value.slice(0, 40)}": expected ${source.hint ?? `what matches ${pattern}`}` };
    return { value };
  };
  if (type === 'any') return (value) => ({ value });
  if (type === 'list') {
    return (value) => {
      const items = Array.isArray(value)
        ? value
        : typeof value === 'string'
          ? value.split(',').map((item) => item.trim())
          : undefined;
      if (items === undefined || !items.every((item) => typeof item === 'string'))
        return { problem: `is ${kindOf(value)}: expected a string or a list of strings` };
      for (const item of items) {
        const reading = readString(item);
        if ('problem' in reading) return { problem: `has an entry that ${reading.problem}` };
      }
      return { value: items };
    };
  }
  if (type === 'text') {
    return (value) => {
      if (typeof value === 'object' && !Array.isArray(value)) {
        const text = jsonText(value);
        return text === undefined ? { problem: 'is nested too deeply' } : readString(text);
      }
      return typeof value === 'string' ? readString(value) : { problem: `is ${kindOf(value)}: expected a string or an object` };
    };
  }
  return (value) =>
    typeof value === 'string' ? readString(value) : { problem: `is ${kindOf(value)}: expected a string (${name} in quotes)` };
}

function compilePattern(name: string, pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch (error) {
    throw new Error(`/${name}/pattern: expected a regular expression (${(error as Error).message})`);
  }
}

/** @returns undefined where it is nested too deeply to be written */
function jsonText(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch {
    return undefined;
  }
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
