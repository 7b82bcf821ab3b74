import { sayIn } from '../pages/catalogues.js';
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

/**
 * The model of the docs page: operations grouped by tag, and the fields of each body and schema.
 * @param lang the language of the document and of the page
 */
export function docsModel({ info, paths, components }: OpenApiDocument, lang: string) {
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ tag: operation.tags[0] ?? '', ...operationModel(method, path, operation, lang) }];
    }),
  );
  return {
    info,
    tags: [...new Set(operations.map(({ tag }) => tag))].map((tag) => ({
      tag,
      title: sayIn(lang, `docs.tags.${tag}`),
      operations: operations.filter((operation) => operation.tag === tag),
    })),
    schemas: Object.entries(components.schemas).map(([name, schema]) => ({
      name,
      description: schema.description,
      fields: fieldsOf(schema, lang),
    })),
  };
}

function operationModel(method: string, path: string, operation: OperationObject, lang: string) {
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
        type: typeOf(schema, lang),
        required,
        description: about,
      })),
    body: body && {
      type: typeOf(body.schema, lang),
      fields: fieldsOf(body.schema, lang),
      examples: Object.values(body.examples ?? {}).map(({ value }) => JSON.stringify(value, null, 2)),
    },
    answers: Object.entries(responses).map(([status, { description: about, content }]) => {
      const schema = content && Object.values(content)[0]?.schema;
      return {
        status,
        description: about,
        type: schema && typeOf(schema, lang),
        fields: schema === undefined ? [] : fieldsOf(schema, lang),
      };
    }),
  };
}

/** The type of a value, in words. */
function typeOf(schema: SchemaObject, lang: string): Piece[] {
  const { $ref, anyOf, items, type, additionalProperties, properties } = schema;
  const word = (name: string) => ({ text: sayIn(lang, `docs.types.${name}`) });
  if ($ref !== undefined) return [{ schema: $ref.slice($ref.lastIndexOf('/') + 1) }];
  if ('const' in schema) return [{ text: JSON.stringify(schema.const) }];
  if (schema.enum !== undefined) return [{ text: schema.enum.map((value) => JSON.stringify(value)).join(' | ') }];
  if (anyOf !== undefined)
    return anyOf.flatMap((option, index) => [...(index > 0 ? [{ text: ' | ' }] : []), ...typeOf(option, lang)]);
  if (items !== undefined) return [word('list'), { text: ' ' }, ...typeOf(items, lang)];
  if (typeof additionalProperties === 'object' && properties === undefined)
    return [word('map'), { text: ' ' }, ...typeOf(additionalProperties, lang)];
  return [word(type ?? 'any')];
}

/** The fields of an object. Fields of nested objects have dotted names, such as `rateLimit.max`. @param before the prefix of the names */
function fieldsOf(schema: SchemaObject, lang: string, before = ''): Field[] {
  const { properties, items, anyOf, additionalProperties } = schema;
  if (items !== undefined) return fieldsOf(items, lang, `${before}[].`.replace('.[]', '[]'));
  if (anyOf !== undefined) return anyOf.flatMap((option) => fieldsOf(option, lang, before));
  if (typeof additionalProperties === 'object') return fieldsOf(additionalProperties, lang, `${before}*.`);
  return Object.entries(properties ?? {}).flatMap(([name, field]) => [
    {
      name: before + name,
      type: typeOf(field, lang),
      required: schema.required?.includes(name) === true,
      ...(field.description !== undefined && { description: field.description }),
    },
    ...fieldsOf(field, lang, `${before}${name}.`),
  ]);
}
