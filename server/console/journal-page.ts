import type { FastifyInstance } from 'fastify';
import { sendPage } from '../pages/render.js';
import type { Tenants } from '../tenants/tenants.js';
import { callsModel } from './calls-model.js';
import { consoleModel } from './console-model.js';
import { sendPageStream } from './page-stream.js';
import { errorsModel, findingsModel } from './problems-model.js';
import { streamPath } from './stream-address.js';

const maxCalls = 100;

export interface JournalPageOptions {
  tenants: Tenants;
  /** Show whole codes and tokens. */
  showSecrets: boolean;
}

/** The list of calls, the stream that keeps pages up to date, and the findings. */
export async function journalPages(app: FastifyInstance, { tenants, showSecrets }: JournalPageOptions): Promise<void> {
  app.get('/journal', async (request, reply) => {
    const model = consoleModel(request);
    const calls = callsModel(request, {
      tenants,
      showSecrets,
      lang: model.lang,
      path: '/journal',
      limit: maxCalls,
      parts: ['calls'],
    });
    return sendPage(reply, 'journal', {
      ...model,
      calls,
      stream: calls.stream,
      errors: errorsModel(request.tenant, request.prefix, model.lang),
    });
  });
  app.get(streamPath, { exposeHeadRoute: false }, (request, reply) => sendPageStream(request, reply, { tenants, showSecrets }));
  app.get('/findings', async (request, reply) => {
    const model = consoleModel(request);
    return sendPage(reply, 'findings', { ...model, findings: findingsModel(request.tenant, request.prefix, model.lang) });
  });
}
