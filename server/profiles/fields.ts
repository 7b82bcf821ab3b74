import type { FieldSource } from './schema.js';

/** The fields of a request, by the engine's names. Fields that the engine does not know keep their names on the wire. */
export type Fields = Readonly<Record<string, unknown>>;

export type FieldsReader = (body: Record<string, unknown>) => { fields: Fields } | { field: string; message: string };

/** The platform forbids these characters in ids, codes and tokens (documentation of applyToken). */
const forbidden = /[@#?]/;

/**
 * Compiles the request fields of an operation into a reader that checks and renames them.
 * It ignores unknown fields, like the platform. null, an empty string and an empty list count as missing.
 *
 * @param strict whether fields with `required: "strict"` are required
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
      if (isMissing(value, source)) {
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

function isMissing(value: unknown, { type }: FieldSource): boolean {
  return value === undefined || value === null || value === '' || (type === 'list' && Array.isArray(value) && value.length === 0);
}

function isRequired({ required }: FieldSource, fields: Fields, strict: boolean): boolean {
  if (required === undefined || typeof required === 'boolean') return required === true;
  if (required === 'strict') return strict;
  return Object.entries(required).every(([field, value]) => fields[field] === value);
}

function expectation({ type = 'string', required, enum: values, aliases = {}, max }: FieldSource): string {
  const when =
    typeof required === 'object'
      ? ` when ${Object.entries(required)
          .map(([field, value]) => `${field} is ${value}`)
          .join(' and ')}`
      : '';
  if (values) return `expected one of ${[...values, ...Object.keys(aliases)].join(', ')}${when}`;
  const what = { string: 'a string', list: 'a list of strings', text: 'a string or an object', any: 'a value' }[type];
  return `expected ${what}${max === undefined ? '' : ` of at most ${max} characters`}${when}`;
}

type Reading = { value: unknown } | { problem: string };

function compileField(name: string, source: FieldSource): (value: unknown) => Reading {
  const readString = compileString(name, source);
  switch (source.type) {
    case 'any':
      return (value) => ({ value });
    case 'list':
      return (value) => readList(value, readString);
    case 'text':
      return (value) => readText(value, readString);
    default:
      return (value) =>
        typeof value === 'string' ? readString(value) : { problem: `is ${kindOf(value)}: expected a string (${name} in quotes)` };
  }
}

function compileString(
  name: string,
  { max, enum: values, aliases = {}, form, pattern, hint }: FieldSource,
): (value: string) => Reading {
  const shape = pattern === undefined ? undefined : compilePattern(name, pattern);
  const meanings = new Map(Object.entries(aliases));
  return (sent) => {
    const value = meanings.get(sent) ?? sent;
    if (max !== undefined && value.length > max)
      return { problem: `is too long: at most ${max} characters, and it has ${value.length}` };
    if (form === 'id' && forbidden.test(value))
      return { problem: 'has a forbidden character: @, # and ? are refused in ids, codes and tokens' };
    if (values !== undefined && !values.includes(value))
      return { problem: `is "${value.slice(0, 40)}": expected one of ${[...values, ...meanings.keys()].join(', ')}` };
    if (shape !== undefined && !shape.test(value))
      return { problem: `is "${value.slice(0, 40)}": expected ${hint ?? `text that matches ${pattern}`}` };
    return { value };
  };
}

/** Reads a list of strings. A string with commas is a list too. */
function readList(value: unknown, readString: (value: string) => Reading): Reading {
  const items: unknown = typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value;
  if (!Array.isArray(items) || !items.every((item) => typeof item === 'string'))
    return { problem: `is ${kindOf(value)}: expected a string or a list of strings` };
  const values: unknown[] = [];
  for (const item of items) {
    const reading = readString(item);
    if ('problem' in reading) return { problem: `has an entry that ${reading.problem}` };
    values.push(reading.value);
  }
  return { value: values };
}

/** Reads a string, or an object as its JSON. */
function readText(value: unknown, readString: (value: string) => Reading): Reading {
  if (typeof value === 'string') return readString(value);
  if (typeof value !== 'object' || Array.isArray(value))
    return { problem: `is ${kindOf(value)}: expected a string or an object` };
  const text = jsonText(value);
  return text === undefined ? { problem: 'is nested too deeply' } : readString(text);
}

function compilePattern(name: string, pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch (error) {
    throw new Error(`/${name}/pattern: expected a regular expression (${(error as Error).message})`);
  }
}

/** @returns undefined if the value is nested too deeply for JSON.stringify */
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
