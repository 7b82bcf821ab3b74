import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { catalogue, phrase } from '../pages/catalogues.js';
import { sendPage } from '../pages/render.js';
import { type RecordName, removeRecord, saveRecord } from '../tenants/records.js';
import type { Tenant } from '../tenants/tenant.js';
import { type Text, text } from '../texts/text.js';
import { type Form, formOf, leadTo, noteAction } from './after-action.js';
import { consoleModel } from './console-model.js';
import { idParameter } from './id-parameter.js';
import { idFields } from './record-fields.js';
import { readRecordForm } from './record-form.js';
import { recordModel, type ShownRecord } from './record-model.js';

/** The addresses of a kind's pages, and its name in operations of the control API. */
interface RecordPages {
  kind: RecordName;
  list: string;
  one: string;
  add: string;
  operation: 'User' | 'Client' | 'App';
}

const kinds: readonly RecordPages[] = [
  { kind: 'user', list: '/users', one: '/users', add: '/add-user', operation: 'User' },
  { kind: 'client', list: '/clients', one: '/clients', add: '/add-client', operation: 'Client' },
  { kind: 'app', list: '/clients', one: '/mini-programs', add: '/add-mini-program', operation: 'App' },
];

type WithId = { Params: { id: string } };

/** The forms that add, change and remove users, clients and mini programs. */
export async function recordPages(app: FastifyInstance): Promise<void> {
  for (const pages of kinds) {
    addChangePage(app, pages);
    addAddPage(app, pages);
    addRemovePage(app, pages);
  }
}

function addChangePage(app: FastifyInstance, pages: RecordPages): void {
  const { kind, one, list, operation } = pages;
  app.get<WithId>(`${one}/${idParameter}`, async (request, reply) => {
    const record = find(request.tenant, kind, request.params.id);
    if (record === undefined) return leadTo(reply, request.prefix + list, 'unknown');
    return sendForm(request, reply, pages, { kind, adding: false, record });
  });
  app.post<WithId>(`${one}/:id`, async (request, reply) => {
    const { tenant, params, prefix } = request;
    const record = find(tenant, kind, params.id);
    if (record === undefined) return leadTo(reply, prefix + list, 'unknown');
    const typed = formOf(request);
    const problem = save(tenant, kind, params.id, readRecordForm(kind, false, typed, record));
    if (problem !== undefined)
      return sendForm(request, reply.status(400), pages, { kind, adding: false, record, typed, problem });
    await note(request, reply, pages, `change${operation}`, params.id, 'record-changed-by-form');
    return leadTo(reply, `${prefix}${list}#${kind}-${encodeURIComponent(params.id)}`, 'saved');
  });
}

function addAddPage(app: FastifyInstance, pages: RecordPages): void {
  const { kind, add, list, operation } = pages;
  app.get(add, async (request, reply) => {
    const { clientId } = request.query as { clientId?: string };
    const record = kind === 'app' && clientId !== undefined ? { clientId } : {};
    return sendForm(request, reply, pages, { kind, adding: true, record });
  });
  app.post(add, async (request, reply) => {
    const { tenant, prefix } = request;
    const typed = formOf(request);
    const id = String(typed[idFields[kind]] ?? '').trim();
    const exists = find(tenant, kind, id) !== undefined;
    const problem = exists
      ? text('id-exists', { field: idFields[kind], id })
      : save(tenant, kind, id, readRecordForm(kind, true, typed, {}));
    if (problem !== undefined)
      return sendForm(request, reply.status(400), pages, { kind, adding: true, record: {}, typed, problem });
    await note(request, reply, pages, `create${operation}`, id, 'record-added');
    return leadTo(reply, `${prefix}${list}#${kind}-${encodeURIComponent(id)}`, 'added');
  });
}

function addRemovePage(app: FastifyInstance, pages: RecordPages): void {
  const { kind, one, list, operation } = pages;
  app.post<WithId>(`${one}/:id/remove`, async (request, reply) => {
    const { tenant, params, prefix } = request;
    if (find(tenant, kind, params.id) === undefined) return leadTo(reply, prefix + list, 'unknown');
    await removeRecord(tenant, kind, params.id);
    await note(request, reply, pages, `delete${operation}`, params.id, 'record-removed');
    return leadTo(reply, prefix + list, 'removed');
  });
}

function save(tenant: Tenant, kind: RecordName, id: string, read: ReturnType<typeof readRecordForm>): Text | undefined {
  return 'problem' in read ? read.problem : saveRecord(tenant, kind, id, read.record);
}

function find(tenant: Tenant, kind: RecordName, id: string): object | undefined {
  return { client: tenant.clients, app: tenant.apps, user: tenant.users }[kind].get(id)?.record;
}

function note(
  request: FastifyRequest,
  reply: FastifyReply,
  { kind }: RecordPages,
  operation: string,
  id: string,
  what: 'record-added' | 'record-changed-by-form' | 'record-removed',
): Promise<void> {
  return noteAction(request, reply, operation, text(what, { noun: text(`noun-${kind}`), id }), { [idFields[kind]]: id });
}

async function sendForm(
  request: FastifyRequest,
  reply: FastifyReply,
  { one, list, add, operation }: RecordPages,
  shown: ShownRecord & { typed?: Form },
): Promise<string> {
  const model = consoleModel(request);
  const { id = '' } = request.params as { id?: string };
  const address = `${request.prefix}${one}/${encodeURIComponent(id)}`;
  const { name } = shown.record as { name?: string };
  const say = (key: string) => phrase(catalogue(model.lang), key) ?? key;
  const here = shown.kind === 'user' ? 'users' : 'clients';
  const heading = shown.adding ? `add${operation}` : shown.kind;
  return sendPage(reply, 'record', {
    ...model,
    ...recordModel(request.tenant, shown, model.lang),
    adding: shown.adding,
    here,
    heading: say(`record.headings.${heading}`).replace('{name}', () => name ?? id),
    listTitle: say(`${here}.title`),
    removal: say(`record.removals.${shown.kind}`),
    header: { ...model.header, back: request.prefix + list },
    list: request.prefix + list,
    action: shown.adding ? request.prefix + add : address,
    remove: `${address}/remove`,
  });
}
