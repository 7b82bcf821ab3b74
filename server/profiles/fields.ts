import { kindText } from '../texts/kind-text.js';
import { type Text, text } from '../texts/text.js';
import { errorAt } from '../texts/text-error.js';
import type { FieldSource } from './operation-schema.js';
import { patternProblem } from './pattern-problem.js';

/** The fields of a request, by the engine's names. Fields that the engine does not know keep their names on the wire. */
export type Fields = Readonly<Record<string, unknown>>;

export type FieldsReader = (body: Record<string, unknown>) => { fields: Fields } | { field: string; message: Text };

/** The platform forbids these characters in ids, codes and tokens (documentation of applyToken). */
const forbidden = /[@#?]/;

/**
 * Compiles the request fields of an operation into a reader that checks and renames them.
 * It ignores unknown fields, like the platform. null, an empty string and an empty list count as missing.
 *
 * @param strict whether fields with `required: "strict"` are required
 * @throws TextError at a place inside the request, such as `appId.pattern`
 */
export function compileFields(sources: Readonly<Record<string, FieldSource>>, strict: boolean): FieldsReader {
  const readers = Object.entries(sources)
    .map(([name, source]) => ({ name, as: source.as ?? name, source, read: compileField(name, source) }))
    .sort((one, other) => Number(isConditional(one.source)) - Number(isConditional(other.source)));
  return (body) => {
    const fields: Record<string, unknown> = {};
    for (const { name, as, source, read } of readers) {
      const value = body[name];
      if (isMissing(value, source)) {
        if (isRequired(source, fields, strict))
          return { field: name, message: text('field-missing', { field: name, expected: expectation(source) }) };
        if (source.default !== undefined) fields[as] = source.default;
        continue;
      }
      const result = read(value);
      if ('problem' in result) return { field: name, message: text('field-wrong', { field: name, problem: result.problem }) };
      fields[as] = result.value;
    }
    return { fields };
  };
}

/** A field that is required only if others have some values is read after them, whatever the order in the file is. */
export function isConditional({ required }: FieldSource): boolean {
  return typeof required === 'object';
}

function isMissing(value: unknown, { type }: FieldSource): boolean {
  return value === undefined || value === null || value === '' || (type === 'list' && Array.isArray(value) && value.length === 0);
}

function isRequired({ required }: FieldSource, fields: Fields, strict: boolean): boolean {
  if (required === undefined || typeof required === 'boolean') return required === true;
  if (required === 'strict') return strict;
  return Object.entries(required).every(([field, value]) => fields[field] === value);
}

function expectation({ type = 'string', required, enum: enumerated, aliases = {}, max }: FieldSource): Text {
  const condition = typeof required === 'object' ? conditionText(required) : undefined;
  if (enumerated) {
    const values = [...enumerated, ...Object.keys(aliases)];
    return condition ? text('expected-enum-when', { values, condition }) : text('expected-enum', { values });
  }
  const bare = text(`kind-${type}`);
  const kind = max === undefined ? bare : text('kind-of-length', { kind: bare, max });
  return condition ? text('expected-kind-when', { kind, condition }) : text('expected-kind', { kind });
}

function conditionText(required: Readonly<Record<string, unknown>>): Text | undefined {
  const parts: Text[] = Object.entries(required).map(([field, value]) => text('condition-is', { field, value: String(value) }));
  return parts.length === 0 ? undefined : parts.reduce((first, second) => text('condition-and', { first, second }));
}

type Reading = { value: unknown } | { problem: Text };

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
        typeof value === 'string' ? readString(value) : { problem: text('not-a-string', { kind: kindText(value), field: name }) };
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
    if (max !== undefined && value.length > max) return { problem: text('too-long', { max, length: value.length }) };
    if (form === 'id' && forbidden.test(value)) return { problem: text('forbidden-character') };
    if (values !== undefined && !values.includes(value))
      return { problem: text('not-in-enum', { value: value.slice(0, 40), values: [...values, ...meanings.keys()] }) };
    if (shape !== undefined && !shape.test(value))
      return {
        problem: text('not-in-form', {
          value: value.slice(0, 40),
          form: hint ?? text('text-of-pattern', { pattern: pattern ?? '' }),
        }),
      };
    return { value };
  };
}

/** Reads a list of strings. A string with commas is a list too. */
function readList(value: unknown, readString: (value: string) => Reading): Reading {
  const items: unknown = typeof value === 'string' ? value.split(',').map((item) => item.trim()) : value;
  if (!Array.isArray(items) || !items.every((item) => typeof item === 'string'))
    return { problem: text('not-a-list', { kind: kindText(value) }) };
  const values: unknown[] = [];
  for (const item of items) {
    const reading = readString(item);
    if ('problem' in reading) return { problem: text('entry-wrong', { problem: reading.problem }) };
    values.push(reading.value);
  }
  return { value: values };
}

/** Reads a string, or an object as its JSON. */
function readText(value: unknown, readString: (value: string) => Reading): Reading {
  if (typeof value === 'string') return readString(value);
  if (typeof value !== 'object' || Array.isArray(value)) return { problem: text('not-a-text', { kind: kindText(value) }) };
  const json = jsonText(value);
  return json === undefined ? { problem: text('nested-too-deeply') } : readString(json);
}

function compilePattern(name: string, pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch (error) {
    throw errorAt(`${name}.pattern`, text('pattern-wrong', { problem: patternProblem(error as Error) }));
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
