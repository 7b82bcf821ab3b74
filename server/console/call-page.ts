import type { FastifyInstance } from 'fastify';
import { sendPage } from '../pages/render.js';
import { callModel } from './call-model.js';
import { consoleModel } from './console-model.js';
import { idParameter } from './id-parameter.js';

/** The page of one call of the journal. */
export async function callPage(app: FastifyInstance, { showSecrets }: { showSecrets: boolean }): Promise<void> {
  app.get<{ Params: { id: string } }>(`/journal/${idParameter}`, async (request, reply) => {
    const entry = request.tenant.journal.get(request.params.id);
    const model = consoleModel(request);
    if (entry === undefined) reply.status(404);
    return sendPage(reply, 'call', {
      ...model,
      ...(entry && { call: await callModel(request, entry, model.lang, showSecrets) }),
    });
  });
}
