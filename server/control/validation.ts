import type { FastifyInstance } from 'fastify';
import type { TObject, TSchema } from 'typebox';
import { findProblem, problemText, type Thing } from '../schemas/problem.js';
import { text } from '../texts/text.js';
import { invalid } from './control-error.js';

type Validated = { value: unknown } | { error: Error };

/**
 * Validates bodies and queries without Fastify's compiler. Values are not converted and no field is dropped. A schema is compiled
 * on the first request that needs it, so that the start does not wait. Responses are serialized with plain JSON.stringify.
 */
export function validateLazily(app: FastifyInstance): void {
  app.setValidatorCompiler(({ schema, httpPart }) => {
    if (httpPart === 'body') return (body: unknown) => validate(schema as TSchema, body, 'the-body');
    if (httpPart === 'querystring') return (query: unknown) => readQuery(schema as TObject, query as Record<string, unknown>);
    return (value: unknown) => ({ value });
  });
  app.setSerializerCompiler(() => JSON.stringify);
}

/**
 * Validates a value.
 * @param thing what the value is called in a message about the value as a whole, such as `the body`
 */
export function validate(schema: TSchema, value: unknown, thing: Thing): Validated {
  const problem = findProblem(schema, value);
  return problem === undefined ? { value } : { error: invalid(problemText(problem, thing)) };
}

/** Query values are text, so fields that should be integers are parsed. An empty field counts as left out. */
function readQuery(schema: TObject, query: Record<string, unknown>): Validated {
  const read: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(query)) {
    if (value === '') continue;
    if (Array.isArray(value)) return { error: invalid(text('query-repeated', { name, count: value.length })) };
    const { type } = (schema.properties[name] ?? {}) as { type?: string };
    read[name] = type === 'integer' && /^\d{1,15}$/.test(value as string) ? Number(value) : value;
  }
  return validate(schema, read, 'the-query');
}
