import type { OpenApiDocument, OperationObject, SchemaObject } from './openapi-types.js';

/** Part of a type as the page shows it: text, or the name of a schema to link to. */
type Piece = { text: string } | { schema: string };

interface Field {
  name: string;
  type: Piece[];
  required: boolean;
  description?: string;
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** The model of the docs page: operations grouped by tag, and the fields of each body and schema. */
export function docsModel({ info, paths, components }: OpenApiDocument) {
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ tag: operation.tags[0] ?? '', ...operationModel(method, path, operation) }];
    }),
  );
  return {
    info,
    tags: [...new Set(operations.map(({ tag }) => tag))].map((tag) => ({
      tag,
      operations: operations.filter((operation) => operation.tag === tag),
    })),
    schemas: Object.entries(components.schemas).map(([name, schema]) => ({
      name,
      description: schema.description,
      fields: fieldsOf(schema),
    })),
  };
}

function operationModel(method: string, path: string, operation: OperationObject) {
  const { operationId, summary, description, parameters = [], requestBody, responses } = operation;
  const body = requestBody && Object.values(requestBody.content)[0];
  return {
    id: operationId,
    method: method.toUpperCase(),
    path,
    summary,
    description,
    // The page's introduction describes the shared parameter, which is a reference.
    parameters: parameters
      .filter((parameter) => 'name' in parameter)
      .map(({ name, required = false, description: about, schema }) => ({
        name,
        type: typeOf(schema),
        required,
        description: about,
      })),
    body: body && {
      type: typeOf(body.schema),
      fields: fieldsOf(body.schema),
      examples: Object.values(body.examples ?? {}).map(({ value }) => JSON.stringify(value, null, 2)),
    },
    answers: Object.entries(responses).map(([status, { description: about, content }]) => {
      const schema = content && Object.values(content)[0]?.schema;
      return { status, description: about, type: schema && typeOf(schema), fields: schema === undefined ? [] : fieldsOf(schema) };
    }),
  };
}

/** The type of a value, to be shown. */
function typeOf(schema: SchemaObject): Piece[] {
  const { $ref, anyOf, items, type, additionalProperties, properties } = schema;
  if ($ref !== undefined) return [{ schema: $ref.slice($ref.lastIndexOf('/') + 1) }];
  if ('const' in schema) return [{ text: JSON.stringify(schema.const) }];
  if (schema.enum !== undefined) return [{ text: schema.enum.map((value) => JSON.stringify(value)).join(' | ') }];
  if (anyOf !== undefined) return anyOf.flatMap((option, index) => [...(index > 0 ? [{ text: ' | ' }] : []), ...typeOf(option)]);
  if (items !== undefined) return [{ text: 'list of ' }, ...typeOf(items)];
  if (typeof additionalProperties === 'object' && properties === undefined)
    return [{ text: 'object: name → ' }, ...typeOf(additionalProperties)];
  return [{ text: type ?? 'anything' }];
}

/** The fields of an object. Fields of nested objects have dotted names, such as `rateLimit.max`. @param before the prefix of the names */
function fieldsOf(schema: SchemaObject, before = ''): Field[] {
  const { properties, items, anyOf, additionalProperties } = schema;
  if (items !== undefined) return fieldsOf(items, `${before}[].`.replace('.[]', '[]'));
  if (anyOf !== undefined) return anyOf.flatMap((option) => fieldsOf(option, before));
  if (typeof additionalProperties === 'object') return fieldsOf(additionalProperties, `${before}*.`);
  return Object.entries(properties ?? {}).flatMap(([name, field]) => [
    {
      name: before + name,
      type: typeOf(field),
      required: schema.required?.includes(name) === true,
      ...(field.description !== undefined && { description: field.description }),
    },
    ...fieldsOf(field, `${before}${name}.`),
  ]);
}
