import assert from 'node:assert/strict';
import type { TSchema } from 'typebox';
import type { Emulator } from '../emulator/emulator.js';
import { findProblem } from '../schemas/problem.js';
import { World } from './emulator.js';

interface Document {
  paths: Record<
    string,
    Record<string, { operationId: string; responses: Record<string, { content?: Record<string, { schema: object }> }> }>
  >;
  components: { schemas: Record<string, object> };
}

export interface ControlAnswer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: any JSON
  body: any;
  text: string;
  headers: Record<string, unknown>;
}

let tenants = 0;
const documents = new WeakMap<Emulator, Promise<Document>>();
const schemas = new Map<object, TSchema>();

/** Calls the control API for one tenant. It checks every answer against the OpenAPI document. */
export class Tester {
  readonly tenant: string;
  readonly #emulator: Emulator;

  constructor(emulator: Emulator, tenant = `tester-${++tenants}`) {
    this.tenant = tenant;
    this.#emulator = emulator;
  }

  /** The tenant with its merchants. */
  get world(): World {
    return new World(this.#emulator.url, this.#emulator.tenants.get(this.tenant));
  }

  get = (path: string) => this.call('GET', path);
  post = (path: string, body?: unknown) => this.call('POST', path, body);
  put = (path: string, body?: unknown) => this.call('PUT', path, body);
  patch = (path: string, body?: unknown) => this.call('PATCH', path, body);
  delete = (path: string) => this.call('DELETE', path);

  /** @param path below /_emulator, or from the root */
  async call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<ControlAnswer> {
    const url = path.startsWith('/.') ? path : `/_emulator${path}`;
    const answer = await this.#emulator.app.inject({
      method: method as 'GET',
      url,
      headers: {
        'x-emulator-tenant': this.tenant,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const isJson = answer.payload !== '' && String(answer.headers['content-type']).startsWith('application/json');
    const read = {
      status: answer.statusCode,
      body: isJson ? JSON.parse(answer.payload) : undefined,
      text: answer.payload,
      headers: answer.headers,
    };
    await this.#check(method, url, read);
    return read;
  }

  /**
   * Makes a call that must be refused.
   * @param names what the message must match
   * @param unchanged a path whose answer must be the same before and after the call
   */
  async refused(status: number, names: RegExp, method: string, path: string, body?: unknown, unchanged?: string): Promise<void> {
    const before = unchanged === undefined ? undefined : (await this.get(unchanged)).body;
    const answer = await this.call(method, path, body);
    assert.equal(answer.status, status, `${method} ${path} ${JSON.stringify(body)} → ${answer.text}`);
    assert.deepEqual(Object.keys(answer.body).sort().slice(0, 2), ['error', 'message']);
    assert.match(answer.body.message, names);
    if (unchanged !== undefined) assert.deepEqual((await this.get(unchanged)).body, before);
  }

  async #check(method: string, url: string, { status, body, text }: ControlAnswer): Promise<void> {
    assert.ok(status < 500, text);
    const { paths, components } = await documentOf(this.#emulator);
    const path = url.split('?')[0] ?? '';
    const template =
      paths[path] === undefined
        ? Object.keys(paths).find((known) => new RegExp(`^${known.replace(/\{\w+\}/g, '[^/]+')}$`).test(path))
        : path;
    const operation = template === undefined ? undefined : paths[template]?.[method.toLowerCase()];
    if (operation === undefined) return;
    const documented = operation.responses[String(status)];
    assert.ok(documented, `the OpenAPI document has no ${status} for ${operation.operationId}: ${text}`);
    const schema = documented.content?.['application/json']?.schema;
    if (schema === undefined) return;
    const whole = schemas.get(schema) ?? (withoutReferences(schema, components.schemas) as TSchema);
    schemas.set(schema, whole);
    assert.equal(findProblem(whole, body), undefined, `${operation.operationId} ${status}: ${text}`);
  }
}

function documentOf(emulator: Emulator): Promise<Document> {
  const document =
    documents.get(emulator) ?? emulator.app.inject('/_emulator/openapi.json').then((answer) => answer.json() as Document);
  documents.set(emulator, document);
  return document;
}

function withoutReferences(value: unknown, schemas: Record<string, object>): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutReferences(item, schemas));
  if (typeof value !== 'object' || value === null) return value;
  const name = /^#\/components\/schemas\/(.*)$/.exec((value as { $ref?: string }).$ref ?? '')?.[1];
  if (name !== undefined) return withoutReferences(schemas[name], schemas);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutReferences(item, schemas)]));
}
