/** What of an OpenAPI document is rendered. */
export interface OpenApiDocument {
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  paths: Record<string, Record<string, OperationObject>>;
  components: { schemas: Record<string, SchemaObject> };
}

interface OperationObject {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema: SchemaObject }[];
  requestBody?: { content: Content };
  responses: Record<string, { description: string; content?: Content }>;
}

type Content = Record<string, { schema: SchemaObject; examples?: Record<string, { value: unknown }> }>;

interface SchemaObject {
  $ref?: string;
  type?: string;
  description?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: SchemaObject[];
  items?: SchemaObject;
  properties?: Record<string, SchemaObject>;
  required?: string[];
  additionalProperties?: boolean | SchemaObject;
}

/** A piece of a type: words, or the name of a schema. */
type Piece = { text: string } | { schema: string };

interface Field {
  name: string;
  type: Piece[];
  required: boolean;
  description?: string;
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/** An OpenAPI document as a page shows it: operations by tag, and what each field is. */
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
    parameters: parameters.map(({ name, required = false, description: about, schema }) => ({
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

/** What a value may be, in words. */
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

/** The fields of an object, those of objects within it by dotted names. */
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
