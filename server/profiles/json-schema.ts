import type { TSchema } from 'typebox';
import { Profile } from './schema.js';

/**
 * The JSON Schema of a profile file, for editors. A profile that extends another one may leave out every field, and null removes a
 * field. A profile that extends nothing needs a name and a title.
 */
export function profileFileSchema(): Record<string, unknown> {
  const { properties, ...rest } = loosen(Profile) as { properties: Record<string, unknown> };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'A billetera wallet profile',
    ...rest,
    anyOf: [{ required: ['extends'] }, { required: ['name', 'title'] }],
    properties: { extends: { type: 'string', description: 'the name of the profile that this one is based on' }, ...properties },
  };
}

function loosen(schema: TSchema | unknown): unknown {
  if (Array.isArray(schema)) return schema.map(loosen);
  if (typeof schema !== 'object' || schema === null) return schema;
  const fields = Object.entries(schema).filter(([key, value]) => !(key === 'required' && Array.isArray(value)));
  const loose = Object.fromEntries(fields.map(([key, value]) => [key, loosen(value)]));
  for (const key of ['properties', 'patternProperties']) {
    if (typeof loose[key] === 'object')
      loose[key] = Object.fromEntries(Object.entries(loose[key] as object).map(([name, value]) => [name, orNull(value)]));
  }
  return loose;
}

function orNull(schema: unknown): unknown {
  return { anyOf: [schema, { type: 'null' }] };
}
