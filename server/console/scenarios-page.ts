import formbody from '@fastify/formbody';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { libraryInWords } from '../pages/library-text.js';
import { sendPage } from '../pages/render.js';
import { canActOn } from '../scenarios/call-kinds.js';
import { library, libraryScenario } from '../scenarios/library.js';
import type { Then } from '../scenarios/schema.js';
import { findScenarioProblem } from '../tenants/check-scenario.js';
import { consoleModel } from './console-model.js';

type Form = Partial<Record<'add' | 'remove' | 'clear', unknown>>;

/** The page that lists the running scenarios, with their counts, and the library to add from. */
export async function scenarios(app: FastifyInstance): Promise<void> {
  app.register(formbody);
  app.get('/scenarios', async (request, reply) => sendPage(reply, 'scenarios', scenariosModel(request)));
  app.post('/scenarios', async (request, reply) => {
    const { tenant, prefix } = request;
    const { add, remove, clear } = (request.body ?? {}) as Form;
    const chosen = typeof add === 'string' ? libraryScenario(add) : undefined;
    if (chosen !== undefined && findScenarioProblem(tenant.profile, chosen.scenario) === undefined)
      tenant.scenarios.add({ id: chosen.name, ...chosen.scenario });
    if (typeof remove === 'string') tenant.scenarios.delete(remove);
    if (clear !== undefined) tenant.scenarios.clear();
    return reply.redirect(`${prefix}/scenarios${languageQuery(request)}`, 303);
  });
}

function scenariosModel(request: FastifyRequest) {
  const { tenant } = request;
  const model = consoleModel(request);
  return {
    ...model,
    action: `${request.prefix}/scenarios${languageQuery(request)}`,
    running: tenant.scenarios.all().map(({ id, record: { id: _, ...rule }, calls, hits }) => ({
      id,
      rule: JSON.stringify(rule, null, 2),
      calls,
      hits,
    })),
    library: library.map((known) => ({
      name: known.name,
      ...libraryInWords(known, model.lang),
      runs: tenant.scenarios.get(known.name) !== undefined,
      // The header is only useful in merchants' calls: the bridge does not send it.
      byHeader: canActOn([known.scenario.then].flat()[0] as Then, 'openapi'),
      fits: findScenarioProblem(tenant.profile, known.scenario) === undefined,
    })),
  };
}

/** Keeps the language that the address asks for. */
function languageQuery({ query }: FastifyRequest): string {
  const { lang } = query as { lang?: unknown };
  return typeof lang === 'string' ? `?lang=${encodeURIComponent(lang)}` : '';
}
