import type { FastifyInstance } from 'fastify';
import { sendPage } from '../pages/render.js';
import type { Tenants } from '../tenants/tenants.js';
import { formOf, goBack } from './after-action.js';
import { consoleModel } from './console-model.js';
import { countsOf } from './tenant-counts.js';

/** The page that says what a reset of the tenant drops, and asks before it. */
export async function resetPage(app: FastifyInstance, { tenants }: { tenants: Tenants }): Promise<void> {
  app.get('/reset', async (request, reply) =>
    sendPage(reply, 'reset', { ...consoleModel(request), dropped: countsOf(request.tenant) }),
  );
  app.post('/reset', async (request, reply) => {
    if (formOf(request).confirm !== 'yes') return goBack(request, reply, 'nothing', '/reset');
    await tenants.reset(request.tenant.name);
    return goBack(request, reply, 'reset', '/');
  });
}
