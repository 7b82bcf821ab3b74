import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type, { type TObject } from 'typebox';
import { mergePatch } from '../schemas/merge-patch.js';
import { unknownField } from '../schemas/problem.js';
import type { Tenant } from '../tenants/tenant.js';
import { exists, invalid, notFound, rethrowAsInvalid } from './control-error.js';
import { noteChange } from './journal-changes.js';
import { mergePatchSchema } from './merge-patch-schema.js';
import { NoContent, responses } from './response-schemas.js';
import { validate } from './validation.js';

/** A kind of the fixtures' records: clients, mini programs, users. */
export interface RecordKind<Stored extends object> {
  /** As operation ids say it. */
  name: 'Client' | 'App' | 'User';
  /** In the path, and in a list's answer. */
  plural: string;
  idField: keyof Stored & string;
  /** What people call it. */
  called: string;
  schema: TObject;
  example: Stored;
  find(tenant: Tenant, id: string): { record: Stored } | undefined;
  all(tenant: Tenant): Iterable<{ record: Stored }>;
  /** Adds or replaces one, or takes it away. @throws Error that begins with the field */
  put(tenant: Tenant, id: string, record: Stored | undefined): void;
  /** What goes with one that was removed. */
  removed(tenant: Tenant, id: string): Promise<void>;
  removal: string;
}

/** List, read, create, change by merging, delete. */
export function addRecordRoutes<Stored extends object>(app: FastifyInstance, kind: RecordKind<Stored>): void {
  const { name, plural, idField, called, schema } = kind;
  const tags = [plural];
  const url = `/_emulator/${plural}`;
  const params = Type.Object({ [idField]: Type.String() });
  const idOf = (request: FastifyRequest) => (request.params as Record<string, string>)[idField] as string;
  const about = (id: string) => (idField === 'clientId' || idField === 'appId' || idField === 'userId' ? { [idField]: id } : {});
  const find = (request: FastifyRequest): Stored => {
    const id = idOf(request);
    const found = kind.find(request.tenant, id);
    if (found === undefined) throw notFound(`${idField}: there is no ${called} ${id.slice(0, 128)} here`);
    return found.record;
  };

  const list = {
    operationId: `list${name}s`,
    tags,
    summary: `All ${plural}`,
    response: responses(200, Type.Object({ [plural]: Type.Array(schema) }, { description: `All ${plural}` })),
  };
  app.get(url, { schema: list }, async ({ tenant }) => ({ [plural]: Array.from(kind.all(tenant), ({ record }) => record) }));

  const read = { operationId: `read${name}`, tags, summary: `One ${called}`, params, response: responses(200, schema, 404) };
  app.get(`${url}/:${idField}`, { schema: read }, async (request) => find(request));

  const create = {
    operationId: `create${name}`,
    tags,
    summary: `Adds a ${called}`,
    body: Type.Object(schema.properties, { ...schema, examples: [kind.example] }),
    response: responses(201, schema, 400, 409),
  };
  app.post(url, { schema: create }, async (request, reply) => {
    const { tenant } = request;
    const record = request.body as Stored;
    const id = String(record[idField]);
    if (kind.find(tenant, id) !== undefined)
      throw exists(`${idField}: the ${called} ${id} is there already; change it by PATCH ${url}/${id}`);
    rethrowAsInvalid(() => kind.put(tenant, id, record));
    noteChange(request, `the ${called} ${id} was added`, about(id));
    return reply.status(201).send(record);
  });

  const change = {
    operationId: `change${name}`,
    tags,
    summary: `Changes a ${called}`,
    description: 'Merges (RFC 7396): objects merge, null takes a field away.',
    params,
    body: mergePatchSchema(schema),
    response: responses(200, schema, 400, 404),
  };
  const AnyObject = Type.Object({});
  // What is merged is held against the schema as a whole: then null can take away what a record need not have.
  const validatorCompiler = () => (value: unknown) => validate(AnyObject, value, 'the body');
  app.patch(`${url}/:${idField}`, { schema: change, validatorCompiler }, async (request) => {
    const id = idOf(request);
    const record = find(request);
    const body = request.body as Record<string, unknown>;
    const strange = Object.keys(body).find((field) => !(field in schema.properties));
    if (strange !== undefined) throw invalid(unknownField(strange, Object.keys(schema.properties)));
    if (idField in body && body[idField] !== id) throw invalid(`${idField}: expected ${id}, since an id stays what it is`);
    const merged = validate(schema, mergePatch(record, body), 'the body');
    if ('error' in merged) throw merged.error;
    rethrowAsInvalid(() => kind.put(request.tenant, id, merged.value as Stored));
    noteChange(request, `the ${called} ${id} was changed: ${Object.keys(body).join(', ') || 'nothing was named'}`, about(id));
    return merged.value;
  });

  const remove = {
    operationId: `delete${name}`,
    tags,
    summary: `Removes a ${called}`,
    description: kind.removal,
    params,
    response: responses(204, NoContent, 404),
  };
  app.delete(`${url}/:${idField}`, { schema: remove }, async (request, reply) => {
    const id = idOf(request);
    find(request);
    kind.put(request.tenant, id, undefined);
    await kind.removed(request.tenant, id);
    noteChange(request, `the ${called} ${id} was removed`, about(id));
    return reply.status(204).send(null);
  });
}
