import type { FastifyInstance } from 'fastify';
import { sendPage } from '../pages/render.js';
import type { Tenants } from '../tenants/tenants.js';
import { callsModel } from './calls-model.js';
import { consoleModel } from './console-model.js';
import { panelsModel } from './panels-model.js';

const maxCalls = 50;

export interface DashboardOptions {
  tenants: Tenants;
  version: string;
  /** Show whole codes and tokens. */
  showSecrets: boolean;
}

/** The first page: the latest calls and authorizations, and how to connect. */
export async function dashboardPage(app: FastifyInstance, { tenants, version, showSecrets }: DashboardOptions): Promise<void> {
  app.get('/', async (request, reply) => {
    const { tenant, prefix, openedReport } = request;
    const model = consoleModel(request);
    const { lang } = model;
    const calls = callsModel(request, { tenants, showSecrets, lang, path: '/', limit: maxCalls, parts: ['calls', 'panels'] });
    return sendPage(reply, 'dashboard', {
      ...model,
      calls,
      stream: calls.stream,
      ...(await panelsModel(tenant, prefix, lang)),
      loggedIn: model.users.filter(({ current }) => current),
      others: model.users.filter(({ current }) => !current),
      version: openedReport?.version ?? version,
      tenant: openedReport?.tenant ?? tenant.name,
    });
  });
}
