import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { sendPage } from '../pages/render.js';
import type { Tenants } from '../tenants/tenants.js';
import { text } from '../texts/text.js';
import { formOf, goBack, noteAction } from './after-action.js';
import { consoleModel } from './console-model.js';
import { changeByCard, switchAllOff } from './scenario-change.js';
import { sendScenarioStates } from './scenario-stream.js';
import { scenariosModel } from './scenarios-model.js';

const page = '/scenarios';

type WithId = { Params: { id: string } };

/** The page of the scenarios: each is a card with a switch. */
export async function scenariosPage(app: FastifyInstance, { tenants }: { tenants: Tenants }): Promise<void> {
  app.get(page, async (request, reply) => sendScenarios(request, reply));
  app.get(`${page}/stream`, (request, reply) => sendScenarioStates(request, reply, tenants, consoleModel(request).lang));
  app.post(`${page}/off`, async (request, reply) => {
    const ids = switchAllOff(request.tenant);
    if (ids.length === 0) return goBack(request, reply, 'nothing', page);
    await noteAction(request, reply, 'changeScenario', text('scenarios-off', { ids }));
    return goBack(request, reply, 'scenarios-off', page);
  });
  app.post<WithId>(`${page}/of/:id`, async (request, reply) => {
    const { id } = request.params;
    const { done, operation, fields = [] } = changeByCard(request.tenant, id, formOf(request));
    if (operation !== undefined)
      await noteAction(
        request,
        reply,
        operation,
        operation === 'createScenario' ? text('scenario-added', { id }) : text('scenario-changed', { id, fields }),
      );
    return goBack(request, reply, done, page);
  });
  app.post<WithId>(`${page}/of/:id/remove`, async (request, reply) => {
    const { id } = request.params;
    if (!request.tenant.scenarios.delete(id)) return goBack(request, reply, 'unknown', page);
    await noteAction(request, reply, 'deleteScenario', text('scenario-removed', { id }));
    return goBack(request, reply, 'removed', page);
  });
}

function sendScenarios(request: FastifyRequest, reply: FastifyReply): Promise<string> {
  const model = consoleModel(request);
  return sendPage(reply, 'scenarios', { ...model, ...scenariosModel(request.tenant, model.users, model.lang) });
}
