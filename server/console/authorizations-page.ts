import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { catalogue, phrase } from '../pages/catalogues.js';
import { sendPage } from '../pages/render.js';
import { timeModel } from '../pages/time-model.js';
import { authorizationStates } from '../tenants/authorization-state.js';
import { type FoundCredential, findCredential, isActive, revocationOf } from '../tenants/find-credential.js';
import type { Tenant } from '../tenants/tenant.js';
import { formOf } from './after-action.js';
import { authorizationItem } from './authorization-model.js';
import { consoleModel } from './console-model.js';

/** The maximum number of authorizations on the page. */
const maxAuthorizations = 100;

/** The page that lists the authorizations, and tells what a code or token is. */
export async function authorizationsPage(app: FastifyInstance): Promise<void> {
  app.get('/authorizations', async (request, reply) => sendAuthorizations(request, reply));
  app.post('/authorizations', async (request, reply) => {
    const text = String(formOf(request).inspect ?? '').trim();
    return sendAuthorizations(request, reply, text);
  });
}

/** @param inspected a whole code or token. It is posted, so that no address has it */
async function sendAuthorizations(request: FastifyRequest, reply: FastifyReply, inspected?: string): Promise<string> {
  const { tenant } = request;
  const model = consoleModel(request);
  const states = await authorizationStates(tenant, maxAuthorizations);
  const found = inspected === undefined ? undefined : await findCredential(tenant, inspected);
  return sendPage(reply, 'authorizations', {
    ...model,
    authorizations: states.map((state) => authorizationItem(tenant, state, model.lang)),
    isInspected: inspected !== undefined,
    ...(found && { token: tokenModel(tenant, found, model.lang) }),
  });
}

function tokenModel(tenant: Tenant, found: FoundCredential, lang: string) {
  const { kind, token, owner } = found;
  const now = tenant.clock.now();
  const revokedAt = revocationOf(owner);
  const active = isActive(found, now);
  return {
    kind,
    active,
    state: phrase(catalogue(lang), `tokens.${active ? 'active' : 'inactive'}`),
    client: tenant.clients.get(owner.clientId)?.name ?? owner.clientId,
    user: tenant.users.get(owner.userId)?.record.name ?? owner.userId,
    scopes: owner.scopes,
    authorizationId: owner.authorizationId,
    issued: timeModel(token.issuedAt, now),
    expires: timeModel(token.expiresAt, now),
    used: token.usedAt === undefined ? undefined : timeModel(token.usedAt, now),
    revoked: revokedAt === undefined ? undefined : timeModel(revokedAt, now),
  };
}
