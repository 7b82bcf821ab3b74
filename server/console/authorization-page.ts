import type { FastifyInstance } from 'fastify';
import { sendPage } from '../pages/render.js';
import { authorizationState } from '../tenants/authorization-state.js';
import { authorizationModel } from './authorization-model.js';
import { consoleModel } from './console-model.js';
import { idParameter } from './id-parameter.js';
import { streamAddress } from './stream-address.js';

/** The page of one authorization, from its first call to its end. */
export async function authorizationPage(app: FastifyInstance, { showSecrets }: { showSecrets: boolean }): Promise<void> {
  app.get<{ Params: { id: string } }>(`/authorizations/${idParameter}`, async (request, reply) => {
    const { tenant, params } = request;
    const state = await authorizationState(tenant, params.id);
    const model = consoleModel(request);
    if (state === undefined) reply.status(404);
    const authorization = state && authorizationModel(tenant, state, model.lang, showSecrets);
    const stream = streamAddress(request, model.lang, { parts: ['authorization'], id: params.id });
    return sendPage(reply, 'authorization', { ...model, stream, authorization, expiry: authorization?.expiry });
  });
}
