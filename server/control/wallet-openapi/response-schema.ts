import type { JsonSchema } from './json-schema.js';

/** The schemas of the variables that a profile's tree may use: `user`, `accessToken` and so on. */
export type VariableSchemas = Readonly<Record<string, JsonSchema>>;

/**
 * The JSON Schema of what a profile's JSON tree gives (profiles/tree.ts). No field is required, because a field without a value is
 * left out.
 */
export function treeSchema(tree: unknown, variables: VariableSchemas): JsonSchema {
  if (typeof tree === 'string')
    return tree.startsWith('$') && !tree.startsWith('$$')
      ? referenceSchema(tree, variables)
      : { type: 'string', const: tree.replace(/^\$\$/, '$') };
  if (Array.isArray(tree)) return { type: 'array', items: { anyOf: tree.map((item) => treeSchema(item, variables)) } };
  if (typeof tree !== 'object' || tree === null) return { const: tree };
  if ('$each' in tree) return eachSchema(tree as Record<string, unknown>, variables);
  if ('$from' in tree) return enumSchema(tree as Record<string, unknown>, variables);
  return objectSchema(tree as Record<string, unknown>, variables);
}

/** A schema for values that match one schema or the other, with the fields of both. */
export function mergeSchemas(below: JsonSchema | undefined, above: JsonSchema): JsonSchema {
  if (below === undefined) return above;
  if (below.properties !== undefined && above.properties !== undefined) {
    const properties = { ...below.properties };
    for (const [name, schema] of Object.entries(above.properties)) properties[name] = mergeSchemas(properties[name], schema);
    return { ...below, properties };
  }
  if (below.items !== undefined && above.items !== undefined) return { ...below, items: mergeSchemas(below.items, above.items) };
  return JSON.stringify(below) === JSON.stringify(above) ? below : { anyOf: [below, above] };
}

/** Converter → the schema of its result. The others depend on the value. */
const converted: Readonly<Record<string, JsonSchema>> = {
  time: { type: 'string', format: 'date-time' },
  'time-ms': { type: 'string', format: 'date-time' },
  'time-utc': { type: 'string', format: 'date-time' },
  'time-utc-ms': { type: 'string', format: 'date-time' },
  'epoch-s': { type: 'string', pattern: '^-?\\d+$', description: 'seconds since the epoch' },
  number: { type: 'number' },
  text: { type: 'string' },
  'epoch-ms': { type: 'string', pattern: '^-?\\d+$', description: 'milliseconds since the epoch' },
  mask: { type: 'string', description: 'with its middle hidden' },
  hash: { type: 'string', pattern: '^[0-9a-f]{64}$', description: 'SHA-256, in hexadecimal' },
  'country-name': { type: 'string', description: "a country's name in English" },
  url: { type: 'string', format: 'uri' },
  json: { type: 'string', description: 'JSON' },
};

function referenceSchema(reference: string, variables: VariableSchemas): JsonSchema {
  const [path = '', ...converters] = reference.split('|').map((part) => part.trim());
  const [variable = '', ...fields] = path.slice(1).split('.');
  let schema: JsonSchema = variables[variable] ?? {};
  for (const field of fields) schema = fieldOf(schema, field);
  for (const name of converters) {
    if (name === 'first') schema = schema.items ?? schema;
    else if (name === 'without-extend-info') schema = withoutField(schema, 'extendInfo');
    else schema = converted[name] ?? {};
  }
  return openSchema(schema);
}

function fieldOf({ properties, patternProperties, items }: JsonSchema, name: string): JsonSchema {
  if (items !== undefined) return items;
  return properties?.[name] ?? Object.values(patternProperties ?? {})[0] ?? {};
}

/** Removes a field at any depth. */
function withoutField(schema: JsonSchema, name: string): JsonSchema {
  const { properties, items } = schema;
  const rest = Object.entries(properties ?? {}).filter(([field]) => field !== name);
  return {
    ...schema,
    ...(properties && { properties: Object.fromEntries(rest.map(([field, value]) => [field, withoutField(value, name)])) }),
    ...(items && { items: withoutField(items, name) }),
  };
}

/** The schema without limits that hold for fixtures, but not for answers: required fields and empty values. */
function openSchema({
  type,
  description,
  format,
  enum: values,
  properties,
  items,
  anyOf,
  const: constant,
}: JsonSchema): JsonSchema {
  return {
    ...(type !== undefined && { type }),
    ...(description !== undefined && { description }),
    ...(format !== undefined && { format }),
    ...(values !== undefined && { enum: values }),
    ...(constant !== undefined && { const: constant }),
    ...(properties && {
      properties: Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, openSchema(field)])),
    }),
    ...(items && { items: openSchema(items) }),
    ...(anyOf && { anyOf: anyOf.map(openSchema) }),
  };
}

function eachSchema(tree: Record<string, unknown>, variables: VariableSchemas): JsonSchema {
  const list = treeSchema(tree.$each, variables);
  const item = treeSchema(tree.$item, { ...variables, item: list.items ?? {} });
  return tree.$first === true ? item : { type: 'array', items: item };
}

function enumSchema({ $from, $enum, $else, $none }: Record<string, unknown>, variables: VariableSchemas): JsonSchema {
  const renamed = [...Object.values($enum as object), $else, $none].filter((value) => value !== undefined);
  const values = [...new Set(renamed)];
  return $else === undefined ? { anyOf: [{ enum: values }, treeSchema($from, variables)] } : { enum: values };
}

function objectSchema({ $flatten, ...fields }: Record<string, unknown>, variables: VariableSchemas): JsonSchema {
  const flattened = $flatten === undefined ? {} : treeSchema($flatten, variables).properties;
  const own = Object.entries(fields).map(([name, tree]) => [name, treeSchema(tree, variables)] as const);
  return { type: 'object', properties: { ...flattened, ...Object.fromEntries(own) } };
}
