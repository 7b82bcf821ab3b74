import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { initials, pictureUrl } from '../pages/face.js';
import { sendPage } from '../pages/render.js';
import { valueInWords } from '../pages/value-text.js';
import { saveRecord } from '../tenants/records.js';
import type { Tenant } from '../tenants/tenant.js';
import { text } from '../texts/text.js';
import { formOf, goBack, noteAction } from './after-action.js';
import { consoleModel } from './console-model.js';

const generate = promisify(generateKeyPair);

type WithId = { Params: { id: string } };

/** The page that lists the merchants' clients and their mini programs. */
export async function clientsPage(app: FastifyInstance): Promise<void> {
  app.get('/clients', async (request, reply) => sendClients(request, reply));
  app.post<WithId>('/clients/:id/status', async (request, reply) => {
    const { tenant, params } = request;
    const client = tenant.clients.get(params.id);
    const { status } = formOf(request);
    if (client === undefined || (status !== 'ACTIVE' && status !== 'SUSPENDED'))
      return goBack(request, reply, 'unknown', '/clients');
    tenant.put('client', params.id, { ...client.record, status });
    await noteAction(request, reply, 'changeClient', text('client-status-changed', { id: params.id, status }), {
      clientId: params.id,
    });
    return goBack(request, reply, status === 'ACTIVE' ? 'client-activated' : 'client-suspended', '/clients');
  });
  app.post<WithId>('/clients/:id/key', async (request, reply) => {
    const { tenant, params } = request;
    const client = tenant.clients.get(params.id);
    if (client === undefined) return goBack(request, reply, 'unknown', '/clients');
    const { publicKey, privateKey } = await generate('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    saveRecord(tenant, 'client', params.id, { ...client.record, publicKey });
    await noteAction(request, reply, 'changeClient', text('client-key-changed', { id: params.id }), {
      clientId: params.id,
    });
    return sendClients(request, reply, { clientId: params.id, privateKey });
  });
}

/** @param made a new key pair. Its private key is shown only now, and is not stored */
function sendClients(
  request: FastifyRequest,
  reply: FastifyReply,
  made?: { clientId: string; privateKey: string },
): Promise<string> {
  const { tenant, prefix } = request;
  const model = consoleModel(request);
  return sendPage(reply, 'clients', {
    ...model,
    // A page that a form posted cannot be a place to go back to.
    header: { ...model.header, back: `${prefix}/clients` },
    merchants: clientItems(tenant, prefix, model.lang, made),
  });
}

function clientItems(tenant: Tenant, prefix: string, lang: string, made?: { clientId: string; privateKey: string }) {
  return Array.from(tenant.clients.all(), ({ clientId, name, status, signature, publicKey }) => ({
    clientId,
    name,
    status: valueInWords('status', status, lang),
    active: status === 'ACTIVE',
    signature: valueInWords('signature', signature, lang),
    hasKey: publicKey !== undefined,
    privateKey: made?.clientId === clientId ? made.privateKey : undefined,
    apps: tenant.appsOf(clientId).map((app) => ({
      appId: app.appId,
      name: app.name,
      face: { image: pictureUrl(app.record.logo, prefix), initials: initials(app.name) },
    })),
  }));
}
