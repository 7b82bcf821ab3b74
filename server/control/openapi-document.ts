import type { RouteOptions } from 'fastify';
import type { TSchema } from 'typebox';
import { PresentedEntry } from '../journal/entry.js';
import { App, Client, User } from '../records/schema.js';
import { Scenario, Then } from '../scenarios/schema.js';
import { Lifetimes } from '../schemas/common.js';
import { Settings } from '../tenants/settings.js';
import { Snapshot } from '../tenants/snapshot-schema.js';
import { Failure } from './response-schemas.js';

export interface DocumentOptions {
  version: string;
  /** True if the API asks for the control token. */
  asksForToken: boolean;
}

/** The parts of the document that the docs page shows. */
export interface OpenApiDocument {
  info: { title: string; version: string; description: string };
  servers: { url: string }[];
  paths: Record<string, Record<string, OperationObject>>;
  components: { schemas: Record<string, SchemaObject> };
}

export interface OperationObject {
  operationId: string;
  summary: string;
  description?: string;
  tags: string[];
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema: SchemaObject }[];
  requestBody?: { content: Content };
  responses: Record<string, { description: string; content?: Content }>;
}

type Content = Record<string, { schema: SchemaObject; examples?: Record<string, { value: unknown }> }>;

export interface SchemaObject {
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

/** Schemas that the document lists once under a name, so that operations refer to them. */
const namedSchemas: [name: string, schema: TSchema, description: string][] = [
  ['Client', Client, "A merchant's client"],
  ['App', App, 'A mini program'],
  ['User', User, 'A user of the wallet'],
  ['Settings', Settings, "The tenant's settings"],
  ['Lifetimes', Lifetimes, 'How long codes and tokens live'],
  ['Scenario', Scenario, 'A rule: which calls it matches, what it does to them, and how often'],
  ['When', Scenario.properties.when, 'Which calls a scenario matches'],
  ['Then', Then, 'What a scenario does to a call'],
  ['Snapshot', Snapshot, 'The state of a tenant'],
  ['Entry', PresentedEntry, 'One call in the journal'],
  ['Failure', Failure, 'An error'],
];
const nameOfSchema = new Map<unknown, string>(namedSchemas.map(([name, schema]) => [schema, name]));

/** Errors that every request with a body can get: it is too large, or its Content-Type is not JSON. */
const bodyErrors = { 413: Failure, 415: Failure };

const tokenScheme = {
  components: {
    securitySchemes: {
      controlToken: { type: 'http' as const, scheme: 'bearer', description: 'the token that the emulator was started with' },
    },
  },
  security: [{ controlToken: [] }],
};

const info = {
  title: 'billetera control API',
  description:
    'The API for tests and testers: it reads and changes the state of the emulator. Each tenant has its own state. To choose a tenant, send the header X-Emulator-Tenant, or use a base address that ends in /t/<name>. Times are ISO 8601. Durations are ISO 8601 or a number of seconds.',
};

/**
 * Creates the OpenAPI document of routes. It registers a copy of each route in a separate app, because loading @fastify/swagger
 * takes 50 ms: without a request for the document, the emulator starts without it.
 */
export async function createDocument(
  routes: readonly RouteOptions[],
  { version, asksForToken }: DocumentOptions,
): Promise<OpenApiDocument> {
  const [{ default: Fastify }, { default: swagger }] = await Promise.all([import('fastify'), import('@fastify/swagger')]);
  const app = Fastify({ exposeHeadRoutes: false });
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => JSON.stringify);
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { ...info, version }, ...(asksForToken && tokenScheme) },
    refResolver: { buildLocalReference: (json) => String(json.$id) },
  });
  for (const [name, schema, description] of namedSchemas)
    app.addSchema({ $id: name, description, ...(withReferences(schema, schema) as object) });
  for (const { method, url, schema, config } of routes) {
    const isOpen = config?.open === true || config?.forPages === true;
    const described = asksForToken ? withToken(schema, isOpen) : schema;
    app.route({ method, url, schema: withReferences(withBodyErrors(described)) as object, handler: () => undefined });
  }
  await app.ready();
  const document = app.swagger() as unknown as OpenApiDocument;
  await app.close();
  return document;
}

/** @param isOpen the route needs no token */
function withToken(schema: RouteOptions['schema'], isOpen: boolean): RouteOptions['schema'] {
  if (isOpen) return { ...schema, security: [] } as RouteOptions['schema'];
  return { ...schema, response: { ...(schema?.response as object), 401: Failure } };
}

function withBodyErrors(schema: RouteOptions['schema']): RouteOptions['schema'] {
  return schema?.body === undefined ? schema : { ...schema, response: { ...(schema.response as object), ...bodyErrors } };
}

/**
 * Replaces each named schema with a reference to it.
 * @param root the named schema that is being defined, which is not replaced
 */
function withReferences(value: unknown, root?: TSchema): unknown {
  const name = value === root ? undefined : nameOfSchema.get(value);
  if (name !== undefined) return { $ref: `${name}#` };
  if (Array.isArray(value)) return value.map((item) => withReferences(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withReferences(item)]));
}
