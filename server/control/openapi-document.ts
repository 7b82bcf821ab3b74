import type { RouteOptions } from 'fastify';
import type { TSchema } from 'typebox';
import { schemaController } from '../http/schema-controller.js';
import { PresentedEntry } from '../journal/entry.js';
import { App, Client, User } from '../records/schema.js';
import { Scenario, Then } from '../scenarios/schema.js';
import { Lifetimes } from '../schemas/common.js';
import { Settings } from '../tenants/settings.js';
import { Snapshot } from '../tenants/snapshot-schema.js';
import { addConventions } from './document-conventions.js';
import type { OpenApiDocument } from './openapi-types.js';
import { Failure } from './response-schemas.js';

export interface DocumentOptions {
  version: string;
  /** True if the API asks for the control token. */
  asksForToken: boolean;
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

/** An error that every request can get: the name of its tenant is not valid. */
const anyErrors = { 400: Failure };
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
  license: { name: 'MIT', identifier: 'MIT' },
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
  const app = Fastify({ exposeHeadRoutes: false, pluginTimeout: 0, schemaController });
  await app.register(swagger, {
    openapi: { openapi: '3.1.0', info: { ...info, version }, ...(asksForToken && tokenScheme) },
    refResolver: { buildLocalReference: (json) => String(json.$id) },
  });
  for (const [name, schema, description] of namedSchemas)
    app.addSchema({ $id: name, description, ...(withReferences(schema, schema) as object) });
  for (const { method, url, schema, config } of routes) {
    const isOpen = config?.open === true || config?.forPages === true;
    const described = asksForToken ? withToken(schema, isOpen) : schema;
    app.route({ method, url, schema: withReferences(withCommonErrors(described)) as object, handler: () => undefined });
  }
  await app.ready();
  const document = app.swagger() as unknown as OpenApiDocument;
  await app.close();
  addConventions(document);
  return document;
}

/** @param isOpen the route needs no token */
function withToken(schema: RouteOptions['schema'], isOpen: boolean): RouteOptions['schema'] {
  if (isOpen) return { ...schema, security: [] } as RouteOptions['schema'];
  return { ...schema, response: { ...(schema?.response as object), 401: Failure } };
}

function withCommonErrors(schema: RouteOptions['schema']): RouteOptions['schema'] {
  const errors = schema?.body === undefined ? anyErrors : { ...anyErrors, ...bodyErrors };
  return { ...schema, response: { ...(schema?.response as object), ...errors } };
}

/**
 * Replaces each named schema with a reference to it, and gives each enum its type, which Type.Enum leaves out.
 * @param root the named schema that is being defined, which is not replaced
 */
function withReferences(value: unknown, root?: TSchema): unknown {
  const name = value === root ? undefined : nameOfSchema.get(value);
  if (name !== undefined) return { $ref: `${name}#` };
  if (Array.isArray(value)) return value.map((item) => withReferences(item));
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withReferences(item)]));
  return isTextEnum(value) ? { type: 'string', ...copy } : copy;
}

function isTextEnum(value: object): boolean {
  return 'enum' in value && Array.isArray(value.enum) && value.enum.every((item) => typeof item === 'string');
}
