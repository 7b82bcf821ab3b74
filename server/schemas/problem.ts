import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import { durationHint } from '../clock/duration.js';
import { quote, type Text, text } from '../texts/text.js';
import { inEnglish } from '../texts/write-text.js';

const validators = new WeakMap<TSchema, Validator>();

/** One problem with a value. */
export interface Problem {
  kind: 'wrong-value' | 'missing-field' | 'unknown-field';
  /** The path to the wrong value or missing field, or to the object with an unknown field: `rateLimit.max`. Empty: the value itself. */
  path: string;
  /** The problem in words: `expected a string`, `missing; expected a string`, `unknown field "prot"; allowed: port, host`. */
  message: Text;
  /** The type that the schema wants, if a value of another type is there: `string`. */
  wantedType?: string;
}

/**
 * Checks a value against a schema. Each validator is compiled once, at its first use, because compiling all of them would delay
 * the start.
 * @returns the most telling problem, or undefined if the value is valid
 */
export function findProblem(schema: TSchema, value: unknown): Problem | undefined {
  let validator = validators.get(schema);
  if (validator === undefined) {
    validator = Compile(schema);
    validators.set(schema, validator);
  }
  return validator.Check(value) ? undefined : describe(schema, validator.Errors(value));
}

/**
 * Checks an object against a schema, field by field, so that a user sees all its problems at once.
 * @returns at least one problem for each wrong field; none if the value is valid
 */
export function findProblems(schema: TSchema, value: unknown): Problem[] {
  const first = findProblem(schema, value);
  const { properties, required = [] } = schema as { properties?: Record<string, TSchema>; required?: string[] };
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (first === undefined || properties === undefined || !isObject) return first === undefined ? [] : [first];
  const fields = value as Record<string, unknown>;
  const problems = Object.keys(properties).flatMap((name): Problem[] => {
    if (!Object.hasOwn(fields, name)) return required.includes(name) ? [missing(schema, '', [], name)] : [];
    const problem = findProblem(properties[name] as TSchema, fields[name]);
    return problem === undefined ? [] : [{ ...problem, path: problem.path === '' ? name : `${name}.${problem.path}` }];
  });
  const unknownNames = Object.keys(fields).filter((name) => !Object.hasOwn(properties, name));
  const unknowns = unknownNames.map((name) => unknown(schema, '', [], name));
  const found = [...problems, ...unknowns];
  return found.length > 0 ? found : [first];
}

/**
 * Describes a problem in one line: `rateLimit: unknown field "maks"; allowed: max, per`.
 * @param thing what the value is, such as "the body", if the problem is with the value itself
 */
export function problemText({ kind, path, message }: Problem, thing: Thing): Text {
  if (path === '' && kind === 'unknown-field') return message;
  return text('problem-at', { place: path || text(thing), problem: message });
}

/** A value as a whole, in a message about it. */
export type Thing = 'the-body' | 'the-query' | 'the-file' | 'the-entry' | 'the-profile' | 'the-form' | 'the-record';

/** Says that an object has a field that it must not have. */
export function unknownField(name: string, allowed: readonly string[]): Text {
  const field = JSON.stringify(name);
  return allowed.length > 0 ? text('field-unknown', { field, allowed }) : text('field-unknown-none', { field });
}

interface Failure {
  keyword: string;
  schemaPath: string;
  instancePath: string;
  params: object;
}

function describe(schema: TSchema, errors: Failure[]): Problem {
  const failure = mostTelling(errors);
  const path = stepsOf(failure.instancePath);
  const { requiredProperties = [], additionalProperties = [] } = failure.params as Record<string, string[]>;
  switch (failure.keyword) {
    case 'required':
      return missing(schema, failure.schemaPath, path, requiredProperties[0] ?? '');
    case 'additionalProperties':
      return unknown(schema, failure.schemaPath, path, additionalProperties[0] ?? '');
    case 'boolean': // If many fields are unknown, typebox cuts off its list of errors before `additionalProperties`.
      return unknown(schema, failure.schemaPath.replace(/\/[^/]*$/, ''), path.slice(0, -1), path.at(-1) ?? '');
    default: {
      const place = schemaAt(schema, failure.schemaPath);
      const message = text('expected-one', { value: describeSchema(place, failure) });
      const wanted = failure.keyword === 'type' ? { wantedType: String(place.type) } : {};
      return { kind: 'wrong-value', path: path.join('.'), message, ...wanted };
    }
  }
}

function missing(schema: TSchema, schemaPath: string, path: string[], name: string): Problem {
  const expected = describeSchema(schemaAt(schema, `${schemaPath}/properties/${name}`));
  return { kind: 'missing-field', path: [...path, name].join('.'), message: text('missing-expected', { value: expected }) };
}

function unknown(schema: TSchema, schemaPath: string, path: string[], name: string): Problem {
  const { properties = {} } = schemaAt(schema, schemaPath);
  return { kind: 'unknown-field', path: path.join('.'), message: unknownField(name, Object.keys(properties as object)) };
}

/** If a union fails, the failure deepest in the value tells most. If none is inside the value, the union itself failed. */
function mostTelling(errors: Failure[]): Failure {
  const telling = errors.filter(({ keyword }) => keyword !== 'boolean');
  const first = (telling[0] ?? errors[0]) as Failure;
  const unions = telling.filter(({ keyword, schemaPath }) => keyword === 'anyOf' && first.schemaPath.startsWith(schemaPath));
  const [union] = unions.sort((one, other) => one.schemaPath.length - other.schemaPath.length);
  if (union === undefined) return first;
  const within = telling.filter(
    ({ schemaPath, instancePath }) => schemaPath.startsWith(union.schemaPath) && instancePath.length > union.instancePath.length,
  );
  if (within.length > 0) return mostTelling(within);
  // Only an object can have a missing or unknown field, so the union's object was meant.
  const aboutFields = ({ keyword, schemaPath }: Failure) =>
    schemaPath.startsWith(union.schemaPath) && (keyword === 'required' || keyword === 'additionalProperties');
  return telling.find(aboutFields) ?? union;
}

/** The steps of a JSON pointer (RFC 6901). */
function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

function schemaAt(schema: TSchema, schemaPath: string): Record<string, unknown> {
  let found: unknown = schema;
  for (const step of stepsOf(schemaPath)) found = (found as Record<string, unknown> | undefined)?.[step];
  return (found ?? {}) as Record<string, unknown>;
}

function describeSchema(schema: Record<string, unknown>, failure?: Failure): Text {
  if ('const' in schema) return quote(String(schema.const));
  if (Array.isArray(schema.enum)) return text('one-of', { values: schema.enum.map(String) });
  if (Array.isArray(schema.anyOf)) {
    if (schema.description === durationHint) return text('a-duration');
    const kinds = anyOf(schema.anyOf.map((option: Record<string, unknown>) => describeSchema(option)));
    return typeof schema.description === 'string' ? text('field-description', { english: schema.description }) : kinds;
  }
  const limit = failure && describeLimit(failure, schema);
  const type = text(typeNames[String(schema.type)] ?? 'kind-any');
  const kind = limit === undefined ? type : text('kind-limited', { kind: type, limit });
  return typeof schema.description === 'string' && schema.type === 'string'
    ? text('kind-described', { kind, description: text('field-description', { english: schema.description }) })
    : kind;
}

const typeNames: Record<
  string,
  'kind-string' | 'is-a-list' | 'is-an-object' | 'whole-number' | 'is-a-number' | 'true-or-false' | 'is-null'
> = {
  string: 'kind-string',
  array: 'is-a-list',
  object: 'is-an-object',
  integer: 'whole-number',
  number: 'is-a-number',
  boolean: 'true-or-false',
  null: 'is-null',
};

/** The limit that a value of the right type breaks. */
function describeLimit({ keyword, params }: Failure, { description }: Record<string, unknown>): Text | undefined {
  const { limit, comparison, pattern } = params as { limit: number; comparison: string; pattern: string };
  switch (keyword) {
    case 'minimum':
    case 'maximum':
    case 'exclusiveMinimum':
    case 'exclusiveMaximum':
      return quote(`${comparison} ${limit}`);
    case 'minLength':
      return text('at-least', { count: count(limit, 'character') });
    case 'maxLength':
      return text('at-most', { count: count(limit, 'character') });
    case 'minItems':
      return text('at-least', { count: count(limit, 'item') });
    case 'maxItems':
      return text('at-most', { count: count(limit, 'item') });
    case 'minProperties':
      return text('at-least', { count: count(limit, 'field') });
    case 'pattern': // A description says the same in words.
      return description === undefined ? text('matching', { pattern }) : undefined;
    default:
      return undefined;
  }
}

function count(limit: number, noun: 'character' | 'item' | 'field'): Text {
  return limit === 1 ? text(`one-${noun}`) : text(`many-${noun}s`, { count: limit });
}

/** The descriptions, each once, with "or" between them. */
function anyOf(options: Text[]): Text {
  const distinct = new Map(options.map((option) => [inEnglish(option), option]));
  return [...distinct.values()].reduce((first, second) => text('either', { first, second }));
}
