import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { scenarioTitle } from '../pages/library-text.js';
import { sendPage } from '../pages/render.js';
import type { RunningScenario } from '../scenarios/scenario-list.js';
import { type Text, text } from '../texts/text.js';
import { inLanguage } from '../texts/write-text.js';
import { type Form, formOf, goBack, leadTo, noteAction } from './after-action.js';
import { consoleModel } from './console-model.js';
import { localPath } from './local-path.js';
import { fieldId, fieldWith, formModel } from './record-model.js';
import { ruleFields } from './rule-fields.js';
import { allRuleFields, changedBy, readRule } from './rule-form.js';
import { changeByCard, switchAllOff } from './scenario-change.js';
import { scenariosModel } from './scenarios-model.js';
import { streamAddress } from './stream-address.js';

const page = '/scenarios';

type WithId = { Params: { id: string } };

/** The page of the scenarios: each is a card with a switch. */
export async function scenariosPage(app: FastifyInstance): Promise<void> {
  app.get(page, async (request, reply) => sendScenarios(request, reply));
  app.post(`${page}/check`, async (request) => checkRule(request));
  app.post(`${page}/rule`, async (request, reply) => {
    const { tenant, prefix } = request;
    const typed = formOf(request);
    const { record, problem } = readRule(tenant, typed);
    if (record === undefined || problem !== undefined) return sendScenarios(request, reply.status(400), { typed, problem });
    const changed = changedBy(tenant, typed.change);
    const { id } = (changed ? tenant.scenarios.change(changed.id, record) : tenant.scenarios.add(record)) as RunningScenario;
    if (changed)
      await noteAction(request, reply, 'changeScenario', text('scenario-changed', { id, fields: Object.keys(record) }));
    else await noteAction(request, reply, 'createScenario', text('scenario-added', { id }));
    const back = localPath(typed.back) ?? prefix + page;
    return leadTo(reply, `${back}#card-${encodeURIComponent(id)}`, changed ? 'saved' : 'scenario-on');
  });
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

/** The problem of a rule while a person types it, and the rule as JSON. */
function checkRule(request: FastifyRequest) {
  const { lang } = consoleModel(request);
  const { record, problem } = readRule(request.tenant, formOf(request), true);
  const words = problem && inLanguage(problem, lang);
  const field = words === undefined ? undefined : fieldWith(words, allRuleFields);
  return {
    problem: words && { text: words, ...(field !== undefined && { field: fieldId(field) }) },
    rule: problem === undefined ? JSON.stringify(record, null, 2) : undefined,
  };
}

function sendScenarios(
  request: FastifyRequest,
  reply: FastifyReply,
  refused: { typed?: Form; problem?: Text | undefined } = {},
): Promise<string> {
  const { tenant, query, prefix } = request;
  const model = consoleModel(request);
  const { typed } = refused;
  const changed = changedBy(tenant, typed === undefined ? (query as Form).change : typed.change);
  const back = `${prefix}${page}?lang=${model.lang}`;
  // An id cannot change.
  const groups = ruleFields.map(({ fields, ...group }) => ({
    ...group,
    fields: fields.filter(({ name }) => changed === undefined || name !== 'id'),
  }));
  return sendPage(reply, 'scenarios', {
    ...model,
    ...scenariosModel(tenant, model.users, model.lang),
    stream: streamAddress(request, model.lang, { parts: ['scenarios'] }),
    header: { ...model.header, ...(typed !== undefined && { back }) },
    rule: {
      ...formModel(tenant, groups, { fields: allRuleFields, record: changed?.record ?? {}, ...refused }, model.lang),
      ...(changed && { change: changed.id, title: scenarioTitle(tenant.scenarios, changed.id, model.lang) }),
      open: changed !== undefined || typed !== undefined,
      back,
    },
  });
}
