import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { storageStatus } from '../http/wait-until-stored.js';
import { sendPage } from '../pages/render.js';
import { timeModel } from '../pages/time-model.js';
import { StorageError } from '../store/storage-error.js';
import { readSnapshot } from '../tenants/read-snapshot.js';
import { fillFromSnapshot, restoreSnapshot } from '../tenants/snapshot.js';
import type { Snapshot } from '../tenants/snapshot-schema.js';
import type { Tenant } from '../tenants/tenant.js';
import type { Tenants } from '../tenants/tenants.js';
import { type Text, text } from '../texts/text.js';
import { textOf } from '../texts/text-error.js';
import { inLanguage } from '../texts/write-text.js';
import { formOf, goBack, noteAction } from './after-action.js';
import { consoleModel } from './console-model.js';
import { countsOf } from './tenant-counts.js';

const megabyte = 1024 * 1024;
/** The largest file that the page takes, in bytes. The command line loads larger ones. */
const maxFileBytes = 16 * megabyte;
/** A form writes some characters of JSON as three. */
const bodyLimit = 3 * maxFileBytes;

/** The page that loads a snapshot. It says what would be replaced, and asks before it. */
export async function snapshotPage(app: FastifyInstance, { tenants }: { tenants: Tenants }): Promise<void> {
  app.get('/snapshot', async (request, reply) => sendForm(request, reply));
  app.post('/snapshot', { bodyLimit }, async (request, reply) => {
    const { snapshot: content, confirm } = formOf(request);
    const written = typeof content === 'string' ? content : '';
    const read = readAndTry(tenants, request.tenant.name, written);
    if ('problem' in read) return sendForm(request, reply.status(400), read.problem);
    if (confirm !== 'yes') return sendQuestion(request, reply, written, read.tenant);
    return load(request, reply, tenants, read.snapshot);
  });
}

/** Reads a snapshot, and tries it in a tenant that nothing else uses. */
function readAndTry(tenants: Tenants, name: string, content: string): { snapshot: Snapshot; tenant: Tenant } | { problem: Text } {
  try {
    const snapshot = readSnapshot(content);
    const tenant = tenants.trial(name);
    fillFromSnapshot(tenant, snapshot);
    return { snapshot, tenant };
  } catch (error) {
    return { problem: textOf(error) };
  }
}

async function load(
  request: FastifyRequest,
  reply: FastifyReply,
  tenants: Tenants,
  snapshot: Snapshot,
): Promise<FastifyReply | string> {
  const { grants, scenarios } = snapshot;
  try {
    request.tenant = await restoreSnapshot(tenants, request.tenant.name, snapshot);
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    return sendForm(request, reply.status(storageStatus[error.problem]), error.text);
  }
  await noteAction(
    request,
    reply,
    'restoreSnapshot',
    text('snapshot-restored', { grants: grants.length, scenarios: scenarios.length }),
  );
  return goBack(request, reply, 'snapshot-loaded');
}

function sendForm(request: FastifyRequest, reply: FastifyReply, problem?: Text): Promise<string> {
  const model = consoleModel(request);
  return sendPage(reply, 'snapshot', {
    ...model,
    maxFileBytes,
    maxMegabytes: maxFileBytes / megabyte,
    problem: problem && inLanguage(problem, model.lang),
  });
}

/** @param next the tenant as it would be */
function sendQuestion(request: FastifyRequest, reply: FastifyReply, content: string, next: Tenant): Promise<string> {
  const { tenant } = request;
  const now = next.clock.now();
  return sendPage(reply, 'snapshot', {
    ...consoleModel(request),
    question: {
      content,
      from: stateOf(tenant),
      to: { ...stateOf(next), time: timeModel(now, 0).time },
    },
  });
}

function stateOf(tenant: Tenant) {
  return { wallet: tenant.profile.source.title, user: tenant.currentUser?.record.name, ...countsOf(tenant) };
}
