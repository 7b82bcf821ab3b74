import type { FastifyInstance, FastifyRequest } from 'fastify';
import Type, { type TObject } from 'typebox';
import { mergePatch } from '../schemas/merge-patch.js';
import { unknownField } from '../schemas/problem.js';
import type { Tenant } from '../tenants/tenant.js';
import { text } from '../texts/text.js';
import { exists, invalid, notFound, rethrowAsInvalid } from './control-error.js';
import { locationOf } from './created.js';
import { patchMediaTypes } from './document-conventions.js';
import { noteChange } from './journal-changes.js';
import { mergePatchSchema } from './merge-patch-schema.js';
import { NoContent, responses } from './response-schemas.js';
import { validate } from './validation.js';

const nounOf = { Client: 'noun-client', App: 'noun-app', User: 'noun-user' } as const;

/** A kind of record in the fixtures: clients, mini programs, users. */
export interface RecordKind<Stored extends object> {
  /** The name in operation ids. */
  name: 'Client' | 'App' | 'User';
  /** The name in the path and in the response of the list. */
  plural: string;
  idField: 'clientId' | 'appId' | 'userId';
  /** The name in messages, such as `mini program`. */
  noun: string;
  schema: TObject;
  example: Stored;
  find(tenant: Tenant, id: string): { record: Stored } | undefined;
  all(tenant: Tenant): Iterable<{ record: Stored }>;
  /** Adds or replaces a record. @throws Error with a message that begins with the field */
  put(tenant: Tenant, id: string, record: Stored): void;
  /** Removes a record, with what depends on it. */
  remove(tenant: Tenant, id: string): Promise<void>;
  /** Describes what is removed with a record, for the documentation. */
  removal: string;
}

/** Adds the routes that list, read, create, change (by merging) and delete records of a kind. */
export function addRecordRoutes<Stored extends object>(app: FastifyInstance, kind: RecordKind<Stored>): void {
  addListRoute(app, kind);
  addReadRoute(app, kind);
  addCreateRoute(app, kind);
  addChangeRoute(app, kind);
  addDeleteRoute(app, kind);
}

function addListRoute<Stored extends object>(app: FastifyInstance, kind: RecordKind<Stored>): void {
  const { name, plural, schema } = kind;
  const list = {
    operationId: `list${name}s`,
    tags: [plural],
    summary: `Lists all ${plural}`,
    response: responses(200, Type.Object({ [plural]: Type.Array(schema) }, { description: `All ${plural}` })),
  };
  app.get(collectionUrl(kind), { schema: list }, async ({ tenant }) => ({
    [plural]: Array.from(kind.all(tenant), ({ record }) => record),
  }));
}

function addReadRoute<Stored extends object>(app: FastifyInstance, kind: RecordKind<Stored>): void {
  const { name, plural, noun, schema } = kind;
  const read = {
    operationId: `read${name}`,
    tags: [plural],
    summary: `Reads one ${noun}`,
    params: paramsOf(kind),
    response: responses(200, schema, 404),
  };
  app.get(recordUrl(kind), { schema: read }, async (request) => findRecord(kind, request));
}

function addCreateRoute<Stored extends object>(app: FastifyInstance, kind: RecordKind<Stored>): void {
  const { name, plural, idField, noun, schema } = kind;
  const url = collectionUrl(kind);
  const create = {
    operationId: `create${name}`,
    tags: [plural],
    summary: `Adds a ${noun}`,
    body: Type.Object(schema.properties, { ...schema, examples: [kind.example] }),
    response: responses(201, schema, 400, 409),
  };
  app.post(url, { schema: create }, async (request, reply) => {
    const { tenant } = request;
    const record = request.body as Stored;
    const id = String(record[idField as keyof Stored]);
    if (kind.find(tenant, id) !== undefined)
      throw exists(text('record-exists', { field: idField, noun: text(nounOf[name]), id, url }));
    rethrowAsInvalid(() => kind.put(tenant, id, record));
    noteChange(request, text('record-added', { noun: text(nounOf[name]), id }), { [idField]: id });
    return reply
      .status(201)
      .header('location', locationOf(request, plural, id))
      .send(record);
  });
}

function addChangeRoute<Stored extends object>(app: FastifyInstance, kind: RecordKind<Stored>): void {
  const { name, plural, noun, schema, idField } = kind;
  const change = {
    operationId: `change${name}`,
    tags: [plural],
    summary: `Changes a ${noun}`,
    description: 'A merge patch (RFC 7396): objects are merged, and null removes a field.',
    consumes: patchMediaTypes,
    params: paramsOf(kind),
    body: mergePatchSchema(schema),
    response: responses(200, schema, 400, 404),
  };
  // The merged record is validated below, not the patch: the patch may have null for optional fields.
  const AnyObject = Type.Object({});
  const validatorCompiler = () => (value: unknown) => validate(AnyObject, value, 'the-body');
  app.patch(recordUrl(kind), { schema: change, validatorCompiler }, async (request) => {
    const id = idOf(kind, request);
    const patch = request.body as Record<string, unknown>;
    const changed = mergeRecord(kind, id, findRecord(kind, request), patch);
    rethrowAsInvalid(() => kind.put(request.tenant, id, changed));
    const names = Object.keys(patch);
    const fields = names.length > 0 ? names : text('no-field-named');
    noteChange(request, text('record-changed', { noun: text(nounOf[name]), id, fields }), { [idField]: id });
    return changed;
  });
}

function addDeleteRoute<Stored extends object>(app: FastifyInstance, kind: RecordKind<Stored>): void {
  const { name, plural, noun, idField, removal } = kind;
  const remove = {
    operationId: `delete${name}`,
    tags: [plural],
    summary: `Removes a ${noun}`,
    description: removal,
    params: paramsOf(kind),
    response: responses(204, NoContent, 404),
  };
  app.delete(recordUrl(kind), { schema: remove }, async (request, reply) => {
    const id = idOf(kind, request);
    findRecord(kind, request);
    await kind.remove(request.tenant, id);
    noteChange(request, text('record-removed', { noun: text(nounOf[name]), id }), { [idField]: id });
    return reply.status(204).send(null);
  });
}

function collectionUrl({ plural }: { plural: string }): string {
  return `/_emulator/${plural}`;
}

function recordUrl(kind: { plural: string; idField: string }): string {
  return `${collectionUrl(kind)}/:${kind.idField}`;
}

function paramsOf({ idField }: { idField: string }): TObject {
  return Type.Object({ [idField]: Type.String() });
}

function idOf({ idField }: { idField: string }, request: FastifyRequest): string {
  return (request.params as Record<string, string>)[idField] as string;
}

/** @throws ControlError 404 */
function findRecord<Stored extends object>(kind: RecordKind<Stored>, request: FastifyRequest): Stored {
  const id = idOf(kind, request);
  const found = kind.find(request.tenant, id);
  if (found === undefined)
    throw notFound(text('record-unknown', { field: kind.idField, noun: text(nounOf[kind.name]), id: id.slice(0, 128) }));
  return found.record;
}

/** @throws ControlError 400 if the patch or the merged record is not valid */
function mergeRecord<Stored extends object>(
  { idField, schema }: RecordKind<Stored>,
  id: string,
  record: Stored,
  patch: Record<string, unknown>,
): Stored {
  const unknown = Object.keys(patch).find((field) => !(field in schema.properties));
  if (unknown !== undefined) throw invalid(unknownField(unknown, Object.keys(schema.properties)));
  if (idField in patch && patch[idField] !== id) throw invalid(text('id-fixed', { field: idField, id }));
  const merged = validate(schema, mergePatch(record, patch), 'the-body');
  if ('error' in merged) throw merged.error;
  return merged.value as Stored;
}
