import type { FastifyInstance, RouteOptions } from 'fastify';
import Type, { type TSchema } from 'typebox';
import { PresentedEntry } from '../journal/entry.js';
import { chooseLanguage } from '../pages/catalogues.js';
import { sendPage } from '../pages/render.js';
import { App, Client, User } from '../records/schema.js';
import { Scenario, Then } from '../scenarios/schema.js';
import { Lifetimes } from '../schemas/common.js';
import { Settings } from '../tenants/settings.js';
import { Snapshot } from '../tenants/snapshot-schema.js';
import { docsModel, type OpenApiDocument } from './docs-model.js';
import { Failure, responses } from './response-schemas.js';

/** Schemas that the document has once, by name, and what they are. */
const named: [name: string, schema: TSchema, description: string][] = [
  ['Client', Client, "A merchant's client"],
  ['App', App, 'A mini program'],
  ['User', User, 'A user of the wallet'],
  ['Settings', Settings, 'What can change while it runs'],
  ['Lifetimes', Lifetimes, 'How long things live'],
  ['Scenario', Scenario, 'A rule: when a call looks like this, do that to it, this many times'],
  ['When', Scenario.properties.when, 'What a call must look like'],
  ['Then', Then, 'What is done to a call'],
  ['Snapshot', Snapshot, 'A tenant, written down'],
  ['Entry', PresentedEntry, 'One call'],
  ['Failure', Failure, 'Refused'],
];
const names = new Map<unknown, string>(named.map(([name, schema]) => [schema, name]));
/** How requests with a body are refused besides: too long, or no JSON. */
const bodyFailures = { 413: Failure, 415: Failure };

const Document = Type.Object(
  { openapi: Type.String(), info: Type.Unknown(), paths: Type.Unknown() },
  { description: 'An OpenAPI document' },
);

/** Serves the description of what is collected here. @param routes all of the control API's, once it is ready */
export function describeApi(app: FastifyInstance, routes: readonly RouteOptions[], version: string): void {
  let document: Promise<object> | undefined;
  const schema = {
    operationId: 'readOpenApi',
    tags: ['emulator'],
    summary: 'The OpenAPI document of the control API',
    response: responses(200, Document),
  };
  app.get('/_emulator/openapi.json', { schema }, async ({ base }) => {
    document ??= makeDocument(routes, version);
    return { ...(await document), servers: [{ url: base }] };
  });

  const page = {
    operationId: 'readDocs',
    tags: ['emulator'],
    summary: 'The same, to be read by people',
    produces: ['text/html'],
    response: responses(200, Type.String({ description: 'A page' })),
  };
  app.get('/_emulator/docs', { schema: page }, async (request, reply) => {
    document ??= makeDocument(routes, version);
    const { tenant, prefix, query, headers } = request;
    const { brand, title, locale } = tenant.profile.source;
    return sendPage(reply, 'docs', {
      lang: chooseLanguage((query as { lang?: unknown }).lang, headers['accept-language'], locale),
      assets: `${prefix}/assets`,
      base: prefix,
      wallet: { name: brand.name, title },
      docs: docsModel((await document) as OpenApiDocument),
    });
  });
}

/** @fastify/swagger takes 50 ms to load: it watches a copy of the routes, made when somebody asks. */
async function makeDocument(routes: readonly RouteOptions[], version: string): Promise<object> {
  const [{ default: Fastify }, { default: swagger }] = await Promise.all([import('fastify'), import('@fastify/swagger')]);
  const app = Fastify({ exposeHeadRoutes: false });
  app.setValidatorCompiler(() => () => true);
  app.setSerializerCompiler(() => JSON.stringify);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'billetera control API',
        version,
        description:
          'What tests and testers do with the emulator. A tenant of its own: the header X-Emulator-Tenant, or a base address that ends in /t/<name>. Times are ISO 8601, durations ISO 8601 or a number of seconds.',
      },
    },
    refResolver: { buildLocalReference: (json) => String(json.$id) },
  });
  for (const [name, schema, description] of named)
    app.addSchema({ $id: name, description, ...(withReferences(schema, schema) as object) });
  for (const { method, url, schema } of routes) {
    const whole =
      schema?.body === undefined ? schema : { ...schema, response: { ...(schema.response as object), ...bodyFailures } };
    app.route({ method, url, schema: withReferences(whole) as object, handler: () => undefined });
  }
  await app.ready();
  const document = app.swagger();
  await app.close();
  return document;
}

/** Puts references where named schemas stand. @param root the schema itself, where it is a named one */
function withReferences(value: unknown, root?: TSchema): unknown {
  const name = value === root ? undefined : names.get(value);
  if (name !== undefined) return { $ref: `${name}#` };
  if (Array.isArray(value)) return value.map((item) => withReferences(item));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withReferences(item)]));
}
