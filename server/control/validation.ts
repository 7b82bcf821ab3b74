import type { FastifyInstance } from 'fastify';
import type { TObject, TSchema } from 'typebox';
import { findProblem, problemText } from '../schemas/problem.js';
import { invalid } from './control-error.js';

type Validated = { value: unknown } | { error: Error };

/**
 * Bodies are held against their schemas as they are: nothing is converted, nothing dropped. Nothing is compiled before the first
 * request that needs it, and answers are written by plain JSON.stringify.
 */
export function validateLazily(app: FastifyInstance): void {
  app.setValidatorCompiler(({ schema, httpPart }) => {
    if (httpPart === 'body') return (body: unknown) => validate(schema as TSchema, body, 'the body');
    if (httpPart === 'querystring') return (query: unknown) => readQuery(schema as TObject, query as Record<string, unknown>);
    return (value: unknown) => ({ value });
  });
  app.setSerializerCompiler(() => JSON.stringify);
}

/** @param thing what the value is, for a problem with the value as a whole */
export function validate(schema: TSchema, value: unknown, thing: string): Validated {
  const problem = findProblem(schema, value);
  return problem === undefined ? { value } : { error: invalid(problemText(problem, thing)) };
}

/** A query is text: whole numbers are read out of it, and an empty field is one left out. */
function readQuery(schema: TObject, query: Record<string, unknown>): Validated {
  const read: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(query)) {
    if (value === '') continue;
    if (Array.isArray(value)) return { error: invalid(`${name}: expected one value, and it is there ${value.length} times`) };
    const { type } = (schema.properties[name] ?? {}) as { type?: string };
    read[name] = type === 'integer' && /^\d{1,15}$/.test(value as string) ? Number(value) : value;
  }
  return validate(schema, read, 'the query');
}
