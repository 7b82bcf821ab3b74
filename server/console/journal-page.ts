import type { FastifyInstance } from 'fastify';
import { sendPage } from '../pages/render.js';
import type { Tenants } from '../tenants/tenants.js';
import { sendCalls } from './call-stream.js';
import { callsModel } from './calls-model.js';
import { consoleModel } from './console-model.js';
import { errorsModel, findingsModel } from './problems-model.js';

const maxCalls = 100;

export interface JournalPageOptions {
  tenants: Tenants;
  /** Show whole codes and tokens. */
  showSecrets: boolean;
}

/** The list of calls, its live updates, and the findings. */
export async function journalPages(app: FastifyInstance, { tenants, showSecrets }: JournalPageOptions): Promise<void> {
  app.get('/journal', async (request, reply) => {
    const model = consoleModel(request);
    const calls = callsModel(request, { tenants, showSecrets, lang: model.lang, path: '/journal', limit: maxCalls });
    return sendPage(reply, 'journal', { ...model, calls, errors: errorsModel(request.tenant, request.prefix, model.lang) });
  });
  app.get('/journal/stream', { exposeHeadRoute: false }, async (request, reply) =>
    sendCalls(request, reply, { tenants, showSecrets, lang: consoleModel(request).lang }),
  );
  app.get('/findings', async (request, reply) => {
    const model = consoleModel(request);
    return sendPage(reply, 'findings', { ...model, findings: findingsModel(request.tenant, request.prefix, model.lang) });
  });
}
