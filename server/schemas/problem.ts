import type { TSchema } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';

const validators = new WeakMap<TSchema, Validator>();

/** What is wrong with a value: where, by path (`rateLimit.max`; empty for the value itself), and what was expected. */
export interface Problem {
  path: string;
  expected: string;
}

/**
 * Holds a value against a schema. Validators are compiled at first use, and once: compiling all of them would delay a start.
 * @returns the first problem, or undefined where there is none
 */
export function findProblem(schema: TSchema, value: unknown): Problem | undefined {
  let validator = validators.get(schema);
  if (validator === undefined) {
    validator = Compile(schema);
    validators.set(schema, validator);
  }
  return validator.Check(value) ? undefined : describe(schema, validator.Errors(value));
}

/** A problem in one line. @param thing what the value is, for a problem with the value as a whole */
export function problemText({ path, expected }: Problem, thing: string): string {
  return `${path || thing}: expected ${expected}`;
}

interface Failure {
  keyword: string;
  schemaPath: string;
  instancePath: string;
  params: object;
  message: string;
}

function describe(schema: TSchema, errors: Failure[]): Problem {
  const failure = mostTelling(errors);
  const path = failure.instancePath
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const params = failure.params as Record<string, unknown>;
  const failed = schemaAt(schema, failure.schemaPath);
  if (failure.keyword === 'required') {
    const name = (params.requiredProperties as string[])[0] ?? '';
    return {
      path: [...path, name].join('.'),
      expected: `${describeSchema(schemaAt(schema, `${failure.schemaPath}/properties/${name}`))}, and it is missing`,
    };
  }
  if (failure.keyword === 'additionalProperties') {
    return { path: [...path, (params.additionalProperties as string[])[0] ?? ''].join('.'), expected: noSuchField(failed) };
  }
  // Where many fields are unknown, the list of failures is cut off before the one that counts them.
  if (failure.keyword === 'boolean') {
    return { path: path.join('.'), expected: noSuchField(schemaAt(schema, failure.schemaPath.replace(/\/[^/]*$/, ''))) };
  }
  return { path: path.join('.'), expected: describeSchema(failed, failure.message) };
}

function noSuchField({ properties = {} }: { properties?: unknown }): string {
  const known = Object.keys(properties as object);
  return `no such field${known.length > 0 ? `; there are ${known.join(', ')}` : ''}`;
}

/** Of a union's failures the one that goes deepest into the value tells most; where none goes in, the union itself does. */
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
  // Only an object can lack a field or have a strange one: then the union's object is what was meant.
  const aboutFields = ({ keyword, schemaPath }: Failure) =>
    schemaPath.startsWith(union.schemaPath) && (keyword === 'required' || keyword === 'additionalProperties');
  return telling.find(aboutFields) ?? union;
}

function schemaAt(schema: TSchema, schemaPath: string): Record<string, unknown> {
  let found: unknown = schema;
  for (const step of schemaPath.split('/').slice(1)) {
    found = (found as Record<string, unknown> | undefined)?.[step.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return (found ?? {}) as Record<string, unknown>;
}

function describeSchema(schema: Record<string, unknown>, message?: string): string {
  if ('const' in schema) return String(schema.const);
  if (Array.isArray(schema.enum)) return `one of ${schema.enum.join(', ')}`;
  if (Array.isArray(schema.anyOf)) {
    const options = [...new Set(schema.anyOf.map((option: Record<string, unknown>) => describeSchema(option)))];
    return typeof schema.description === 'string' ? schema.description : `one of ${options.join(', ')}`;
  }
  const limit = message?.replace(/^must (be |not have |match )?/, '');
  const isLimit = message !== undefined && !message.startsWith('must be a') && /fewer|more|match|[<>]=?|format/.test(message);
  const kind =
    {
      string: 'a string',
      array: 'a list',
      object: 'an object',
      integer: 'a whole number',
      number: 'a number',
      boolean: 'true or false',
    }[String(schema.type)] ?? 'a value';
  if (typeof schema.description === 'string' && schema.type === 'string') return `${kind}: ${schema.description}`;
  return isLimit ? `${kind} (${message.includes('not have') ? `not ${limit}` : limit})` : kind;
}
